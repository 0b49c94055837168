// The live log of a run: appends lines, follows the end, finds text. Lines are rendered and escaped by the server.
import { whenReleased } from "./live.js";
import { openStream } from "./stream.js";

// More lines than this make a page slow; older ones go, and the download has them all.
const MOST_LINES = 20000;

function atEnd(box) {
  return box.scrollHeight - box.scrollTop - box.clientHeight < 24;
}

function append(box, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  // After a lost connection the server may say a line again: its id tells.
  for (const line of template.content.querySelectorAll("[id]")) {
    if (document.getElementById(line.id)) {
      line.remove();
    }
  }
  box.append(template.content);
  while (box.childElementCount > MOST_LINES) {
    box.firstElementChild.remove();
  }
}

function startFollow(root, box) {
  const toggle = root.querySelector("[data-follow]");
  const set = (on) => {
    toggle.setAttribute("aria-pressed", String(on));
    if (on) {
      box.scrollTop = box.scrollHeight;
    }
  };
  toggle.addEventListener("click", () => set(toggle.getAttribute("aria-pressed") !== "true"));
  // Scrolling up by hand means: let me read.
  box.addEventListener("wheel", () => requestAnimationFrame(() => !atEnd(box) && set(false)), { passive: true });
  return {
    on: () => toggle.getAttribute("aria-pressed") === "true",
    set,
  };
}

function highlight(box, needle) {
  if (!("highlights" in CSS)) {
    return;
  }
  CSS.highlights.delete("found");
  if (!needle) {
    return;
  }
  const ranges = [];
  for (const text of box.querySelectorAll(".line.hit > span")) {
    const node = text.firstChild;
    const content = node.data.toLowerCase();
    for (let at = content.indexOf(needle); at >= 0; at = content.indexOf(needle, at + needle.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + needle.length);
      ranges.push(range);
    }
  }
  CSS.highlights.set("found", new Highlight(...ranges));
}

function startFind(root, box, follow) {
  const input = root.querySelector("[data-find]");
  const count = root.querySelector("[data-find-count]");
  let hits = [];
  let at = -1;

  function show(step) {
    hits[at]?.classList.remove("here");
    at = hits.length ? (at + step + hits.length) % hits.length : -1;
    hits[at]?.classList.add("here");
    hits[at]?.scrollIntoView({ block: "center" });
    count.textContent = input.value ? `${at + 1}/${hits.length}` : "";
  }

  function search() {
    const needle = input.value.toLowerCase();
    hits = [];
    at = -1;
    for (const line of box.querySelectorAll(".line")) {
      const hit = needle !== "" && line.lastElementChild.textContent.toLowerCase().includes(needle);
      line.classList.toggle("hit", hit);
      line.classList.remove("here");
      if (hit) {
        hits.push(line);
      }
    }
    highlight(box, needle);
    if (needle) {
      follow.set(false);
    }
    show(1);
  }

  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      show(event.shiftKey ? -1 : 1);
    }
  });
}

export function startLog() {
  const root = document.querySelector("[data-log]");
  if (!root) {
    return;
  }
  const box = root.querySelector(".log");
  const foot = root.querySelector("[data-log-foot]");
  const head = document.querySelector("[data-run-head]");
  const follow = startFollow(root, box);
  startFind(root, box, follow);
  if (location.hash) {
    follow.set(false);
    document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });
  } else if (follow.on()) {
    box.scrollTop = box.scrollHeight;
  }
  if (!root.dataset.log) {
    return;
  }
  let position = root.dataset.after;
  openStream(
    () => `${root.dataset.log}${root.dataset.log.includes("?") ? "&" : "?"}after=${encodeURIComponent(position)}`,
    {
      lines: (event) => {
        append(box, event.data);
        // It said that there is no line yet.
        foot.textContent = "";
        position = event.lastEventId || position;
        if (follow.on()) {
          box.scrollTop = box.scrollHeight;
        }
      },
      head: (event) => {
        if (head) {
          whenReleased(head, () => {
            // A form that is being filled in stays.
            if (!head.querySelector("details[open]")) {
              head.innerHTML = event.data;
            }
          });
        }
      },
      end: (event) => {
        foot.innerHTML = event.data;
      },
    },
    root.querySelector("[data-live-status]"),
  );
}
