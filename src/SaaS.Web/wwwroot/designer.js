// The keyboard in the designer: F6 goes to the next pane and Shift+F6 back, arrows go through the outline's steps and along a column of a table.
// What is done is done by the page itself; this only moves the focus.
const reachable = "button:not([disabled], [tabindex='-1']), a[href], input:not([disabled]), select, textarea, [tabindex='0']";
const panes = () => [...document.querySelectorAll(".designer [data-pane]")].filter((pane) => pane.offsetParent !== null && pane.querySelector(reachable));

document.addEventListener("keydown", (event) => {
  if (!document.querySelector(".designer")) return;
  const next = event.key === "F6" ? paneAfter(event.target, event.shiftKey ? -1 : 1) : stepAfter(event) ?? cellAfter(event);
  if (!next) return;
  event.preventDefault();
  next.focus();
  if (next.matches("input")) next.select();
});

function paneAfter(here, way) {
  const all = panes();
  const at = all.findIndex((pane) => pane.contains(here));
  return all[at < 0 ? 0 : (at + way + all.length) % all.length]?.querySelector(reachable);
}

function stepAfter(event) {
  const entry = event.target.closest(".designer-entry");
  if (!entry) return undefined;
  const entries = [...document.querySelectorAll(".designer-entry")];
  const to = { ArrowDown: entries.indexOf(entry) + 1, ArrowUp: entries.indexOf(entry) - 1, Home: 0, End: entries.length - 1 }[event.key];
  return entries[to];
}

function cellAfter(event) {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const cell = event.target.closest(".designer-grid td");
  if (!way || !cell || !event.target.matches("input")) return undefined;
  const rows = [...cell.closest("tbody").rows];
  return rows[rows.indexOf(cell.parentElement) + way]?.cells[cell.cellIndex]?.querySelector("input");
}
