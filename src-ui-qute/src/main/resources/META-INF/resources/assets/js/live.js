// Parts of a page that the server replaces: an element with data-live holds the address, its descendants with
// data-part are replaced by the event of that name.
import { openStream } from "./stream.js";
import { refreshTimes } from "./times.js";

function replace(part, html) {
  const before = new Map();
  for (const row of part.querySelectorAll("[data-row]")) {
    before.set(row.dataset.row, row.dataset.version);
  }
  part.innerHTML = html;
  for (const row of part.querySelectorAll("[data-row]")) {
    if (before.get(row.dataset.row) !== row.dataset.version) {
      row.classList.add("fade");
    }
  }
  refreshTimes(part);
  part.dispatchEvent(new CustomEvent("oasis:part", { bubbles: true }));
}

// A click is a press and a release on one element: what lies under a pressed pointer is replaced after that.
const waiting = new Map();
let pressed = null;

document.addEventListener("pointerdown", (event) => (pressed = event.target));
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () =>
    // The click comes after this event and before the next task.
    setTimeout(() => {
      pressed = null;
      const late = [...waiting.values()];
      waiting.clear();
      late.forEach((put) => put());
    }),
  );
}

/** Calls `put`, which replaces what is in the part: at once, or when the pointer that is pressed in it is released. */
export function whenReleased(part, put) {
  if (pressed && part.contains(pressed)) {
    waiting.set(part, put);
  } else {
    put();
  }
}

export function startLive() {
  for (const root of document.querySelectorAll("[data-live]:not([data-live-status])")) {
    const handlers = {};
    for (const part of root.querySelectorAll("[data-part]")) {
      handlers[part.dataset.part] = (event) => whenReleased(part, () => replace(part, event.data));
    }
    openStream(() => root.dataset.live, handlers, root.querySelector("[data-live-status]"));
  }
}
