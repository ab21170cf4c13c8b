// The keyboard in the designer: F6 goes to the next pane and Shift+F6 back, F8 and Shift+F8 through the findings, Ctrl+K to the field that finds a
// step, arrows through the outline's steps and along a column of a table. What is done is done by the page itself;
// this only moves the focus, and brings the top of a step that is chosen into view.
const reachable = "button:not([disabled], [tabindex='-1']), a[href], input:not([disabled]), select, textarea, [tabindex='0']";
const panes = () => [...document.querySelectorAll(".designer [data-pane]")].filter((pane) => pane.offsetParent !== null && pane.querySelector(reachable));

document.addEventListener("keydown", (event) => {
  if (!document.querySelector(".designer")) return;
  const way = event.shiftKey ? -1 : 1;
  const next = event.key === "F6" ? paneAfter(event.target, way)
    : event.key === "F8" ? findingAfter(event.target, way)
    : event.ctrlKey && event.key.toLowerCase() === "k" ? document.querySelector(".designer-find")
    : stepAfter(event) ?? cellAfter(event) ?? stepFound(event);
  if (!next) return;
  event.preventDefault();
  next.focus();
  if (next.matches("input")) next.select();
});

document.addEventListener("click", (event) => {
  const step = event.target.closest(".designer-entry, .designer-node") && document.querySelector(".designer-step");
  const top = step?.getBoundingClientRect().top;
  if (top < 0 || top > innerHeight - 120) step.scrollIntoView({ block: "start" });
});

function paneAfter(here, way) {
  const all = panes();
  const at = all.findIndex((pane) => pane.contains(here));
  const pane = all[at < 0 ? 0 : (at + way + all.length) % all.length];
  // In the outline work goes on at the chosen step; on a step it is in its table, if it has one.
  return pane?.querySelector(".designer-entry[tabindex='0'], .designer-step .designer-grid input:not([disabled])") ?? pane?.querySelector(reachable);
}

function findingAfter(here, way) {
  const all = [...document.querySelectorAll(".designer-problems .designer-link")];
  const at = all.indexOf(here);
  return all[at < 0 ? 0 : (at + way + all.length) % all.length];
}

// Enter in the field that finds a step opens the first whose name holds what was typed.
function stepFound(event) {
  if (event.key !== "Enter" || !event.target.matches(".designer-find") || event.isComposing) return undefined;
  const words = event.target.value.replaceAll(/\s/g, "").toLowerCase();
  const entry = [...document.querySelectorAll(".designer-entry")].find((each) => each.textContent.replaceAll(/\s/g, "").toLowerCase().includes(words));
  if (!words || !entry) return undefined;
  event.target.value = "";
  entry.click();
  return entry;
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
  const place = [...cell.querySelectorAll("input")].indexOf(event.target);
  return rows[rows.indexOf(cell.parentElement) + way]?.cells[cell.cellIndex]?.querySelectorAll("input")[place];
}
