// Keeps "3 min ago" true while a page stays open. The words come from the page, so that there is one translation.
const SECOND = 1000;
const STEPS = [
  { below: 60 * SECOND, unit: SECOND },
  { below: 3600 * SECOND, unit: 60 * SECOND },
  { below: 48 * 3600 * SECOND, unit: 3600 * SECOND },
  { below: Infinity, unit: 24 * 3600 * SECOND },
];

export function relative(iso, now, past, future) {
  const distance = now - Date.parse(iso);
  const size = Math.abs(distance);
  const step = STEPS.findIndex((s) => size < s.below);
  const words = (distance > -SECOND ? past : future).split("|");
  return words[step].replace("#", String(Math.floor(size / STEPS[step].unit)));
}

export function refreshTimes(root = document) {
  const { past, future } = document.body.dataset;
  if (!past) {
    return;
  }
  const now = Date.now();
  for (const element of root.querySelectorAll("time[data-relative]")) {
    const words = relative(element.dateTime, now, past, future);
    if (element.textContent !== words) {
      element.textContent = words;
    }
  }
}

export function startTimes() {
  setInterval(refreshTimes, 10 * SECOND);
  document.addEventListener("htmx:afterSwap", () => refreshTimes());
}
