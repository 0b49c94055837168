// One connection of server-sent events that says how it is and opens itself again.
import { isSignedOut } from "./connection.js";

const SILENCE_MS = 45000;
const RETRY_MS = 3000;

/**
 * @param url function that gives the address to connect to, asked again for each connection
 * @param handlers event name → function(event)
 * @param status the element that says how the connection is; may be null
 * @returns a function that ends the stream
 */
export function openStream(url, handlers, status) {
  let source = null;
  let watchdog = null;
  let ended = false;

  function say(state) {
    if (status) {
      status.dataset.state = state;
      status.textContent = { live: status.dataset.wordsLive, lost: status.dataset.wordsLost }[state] ?? "";
    }
  }

  function heard() {
    clearTimeout(watchdog);
    watchdog = setTimeout(reconnect, SILENCE_MS);
  }

  function reconnect() {
    clearTimeout(watchdog);
    source?.close();
    if (!ended) {
      say("lost");
      setTimeout(again, RETRY_MS);
    }
  }

  async function again() {
    // Without a session no stream opens any more, and only the sign-in page helps.
    if (!ended && (await isSignedOut())) {
      location.reload();
      return;
    }
    connect();
  }

  function connect() {
    if (ended) {
      return;
    }
    source = new EventSource(url());
    source.onopen = () => {
      say("live");
      heard();
    };
    // The browser's own retry would ask for the old address; ours names the last position.
    source.onerror = reconnect;
    source.addEventListener("beat", heard);
    source.addEventListener("end", (event) => {
      handlers.end?.(event);
      close();
      say("over");
    });
    for (const [name, handler] of Object.entries(handlers)) {
      if (name !== "end") {
        source.addEventListener(name, (event) => {
          heard();
          handler(event);
        });
      }
    }
  }

  function close() {
    ended = true;
    clearTimeout(watchdog);
    source?.close();
  }

  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && ended) {
      ended = false;
      connect();
    }
  });
  connect();
  return close;
}
