// Small helps. Every page works without them.
document.querySelector("link[data-later]")?.setAttribute("media", "all");
document.querySelector("[data-focus]")?.focus();
for (const control of document.querySelectorAll("[data-print]")) {
  control.hidden = false;
  control.addEventListener("click", () => print());
}

// A form marked data-live shows its answer while it is being filled in: the named part of the page is fetched and replaced.
for (const form of document.querySelectorAll("form[data-live]")) {
  let waiting;
  let latest = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const turn = ++latest;
      const values = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !name.startsWith("__"));
      const answer = await fetch(`${form.dataset.liveSource ?? form.getAttribute("action")}?${new URLSearchParams(values)}`, { headers: { "X-Requested-With": "saas" } });
      if (!answer.ok || turn !== latest) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = page.getElementById(form.dataset.live);
      if (part) document.getElementById(form.dataset.live)?.replaceWith(part);
    }, 250);
  });
}

// A second press on a button that sends does nothing; the server also knows a form that it has seen.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// The running total of a scoring sheet.
for (const form of document.querySelectorAll("form[data-sum]")) {
  const line = form.querySelector("[data-sum-line]");
  const show = () => {
    const points = [...form.querySelectorAll("input[type=number]")].reduce((sum, input) => sum + (Number(input.value) || 0), 0);
    document.getElementById(form.dataset.sum).textContent = String(points);
  };
  line.hidden = false;
  show();
  form.addEventListener("input", show);
}
