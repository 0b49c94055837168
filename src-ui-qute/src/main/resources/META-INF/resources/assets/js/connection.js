// Says so when a part of a page cannot be loaded: the server is away, or the session is over. When the server is back,
// what could not be loaded is asked for again.
const RETRY_MS = 3000;

let retry = null;

function say(state) {
  const note = document.getElementById("connection");
  if (!note) {
    return;
  }
  for (const part of note.querySelectorAll("[data-when]")) {
    part.hidden = part.dataset.when !== state;
  }
  note.hidden = state === "";
}

// Any answer will do; an asset needs no session and no database.
async function isBack() {
  try {
    await fetch(import.meta.url, { cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}

function askAgain(element) {
  say("lost");
  clearTimeout(retry);
  retry = setTimeout(async () => {
    if (!(await isBack())) {
      askAgain(element);
      return;
    }
    say("");
    if (element.matches(".filters")) {
      element.requestSubmit();
    } else {
      window.htmx.trigger(element, "change");
    }
  }, RETRY_MS);
}

/** True when the session is over: the page itself leads to the sign-in then. */
export async function isSignedOut() {
  try {
    const answer = await fetch(location.href, { method: "HEAD", redirect: "manual", cache: "no-store" });
    return answer.type === "opaqueredirect";
  } catch {
    return false;
  }
}

export function startConnection() {
  document.addEventListener("htmx:sendError", (event) => askAgain(event.detail.elt));
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr, requestConfig, elt } = event.detail;
    if (xhr.status >= 500) {
      askAgain(elt);
    } else if (requestConfig.verb === "get") {
      // The page at that address says in words what is wrong.
      location.assign(xhr.responseURL);
    }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (new URL(xhr.responseURL, location.href).pathname !== "/login") {
      say("");
      return;
    }
    event.detail.shouldSwap = false;
    if (requestConfig.verb === "get") {
      location.reload();
    } else {
      // A form that is being filled in stays as it is.
      say("signed-out");
    }
  });
}
