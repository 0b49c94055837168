// Lists follow their choices at once, and their addresses stay short: a filter that is not set is not in them.
export function startFilters() {
  document.addEventListener("change", (event) => {
    if (event.target.matches(".filters select")) {
      event.target.form.requestSubmit();
    }
  });
  document.addEventListener("htmx:configRequest", (event) => {
    const { parameters } = event.detail;
    for (const name of Object.keys(parameters)) {
      if (parameters[name] === "") {
        delete parameters[name];
      }
    }
  });
}
