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

export function startLive() {
  for (const root of document.querySelectorAll("[data-live]:not([data-live-status])")) {
    const handlers = {};
    for (const part of root.querySelectorAll("[data-part]")) {
      handlers[part.dataset.part] = (event) => replace(part, event.data);
    }
    openStream(() => root.dataset.live, handlers, root.querySelector("[data-live-status]"));
  }
}
