// The box in the head of a table chooses all boxes of its name, and shows when some of them are chosen.
export function startBulk() {
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") {
      return;
    }
    const table = box.closest("table");
    const head = table?.querySelector("input[data-all]");
    if (!head) {
      return;
    }
    const rows = [...table.querySelectorAll(`input[name="${head.dataset.all}"]`)];
    if (box === head) {
      for (const row of rows) {
        row.checked = head.checked;
      }
    }
    const chosen = rows.filter((row) => row.checked).length;
    head.checked = chosen === rows.length && chosen > 0;
    head.indeterminate = chosen > 0 && chosen < rows.length;
  });
}
