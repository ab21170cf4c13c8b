// Places and pasting in the designer's tables: a finding leads to its field, and cells copied from a spreadsheet fill a block.
// What is pasted is handed to the page as text; the page reads it, and says what it cannot read.
window.designerSeek = (place) => {
  const pane = document.querySelector(".designer-step");
  let field = null;
  for (let at = place; at && !field; at = at.slice(0, at.lastIndexOf("/"))) {
    field = pane?.querySelector(`[data-place="${CSS.escape(at)}"], [data-place^="${CSS.escape(at)}/"]`);
  }
  field ??= pane?.querySelector("[data-found], h2");
  if (!field) return;
  for (let holder = field.closest("details"); holder; holder = holder.parentElement.closest("details")) holder.open = true;
  if (!field.matches("input, select, textarea, button, [tabindex]")) field.tabIndex = -1;
  field.focus();
  field.scrollIntoView({ block: "center" });
};

document.addEventListener("paste", (event) => {
  const cell = event.target.closest?.(".designer [data-cell]");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const block = cell?.closest("[data-sheet]")?.querySelector("textarea[data-block]");
  if (!block || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
  event.preventDefault();
  block.value = `${cell.dataset.cell}\n${text}`;
  block.dispatchEvent(new Event("change", { bubbles: true }));
});

window.designerSave = (name, base64) => {
  const file = new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};
