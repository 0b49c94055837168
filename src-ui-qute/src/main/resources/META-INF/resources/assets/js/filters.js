// Keeps the addresses of filtered lists short: a filter that is not set is not in them.
export function startFilters() {
  document.addEventListener("htmx:configRequest", (event) => {
    const { parameters } = event.detail;
    for (const name of Object.keys(parameters)) {
      if (parameters[name] === "") {
        delete parameters[name];
      }
    }
  });
}
