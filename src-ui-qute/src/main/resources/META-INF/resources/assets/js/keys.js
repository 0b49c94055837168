// "/" goes to the search, Escape closes an open menu, a click beside a menu closes it.
function typing(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) {
      menu.open = false;
    }
  }
}

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      closeMenus(null);
      return;
    }
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      return;
    }
    const search = document.getElementById("search");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("submit", (event) => {
    // A second click on a button that acts must not act twice.
    if (event.target.method === "post") {
      for (const button of event.target.querySelectorAll("button[type=submit]")) {
        setTimeout(() => (button.disabled = true), 0);
      }
    }
  });
  // Coming back by the browser's history shows the page as it was left: with its buttons off.
  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("form[method=post] button:disabled:not([data-off])")) {
      button.disabled = false;
    }
  });
}
