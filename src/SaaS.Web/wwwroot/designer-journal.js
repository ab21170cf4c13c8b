// What an official types and changes in the designer is written down here before it is sent, and crossed out when the server says that it
// is saved. When the connection is lost, the server restarts or the page is loaded again, what still stands here is applied to the draft;
// where the draft says something else by then, it is offered in words.
(() => {
  const designer = document.querySelector(".designer");
  const signs = document.getElementById("components-reconnect-modal");
  if (!designer || !signs) return;

  // A file is read when it is chosen; nothing of it could be put back.
  const fields = ".designer-step :is(input:not([type=file]), select, textarea), .designer-cost input";
  const place = `designer ${location.pathname}`;
  let entries = JSON.parse(sessionStorage.getItem(place) ?? "[]");
  let board;
  let isLost = false;
  let recovering = Promise.resolve();
  let sent = 0;
  let begun = new WeakMap();

  const valueOf = (field) => (field.type === "checkbox" ? String(field.checked) : field.value);
  const words = (field, value) => (field.type === "checkbox" ? (value === "true" ? "✓" : "–") : field.matches("select") ? [...field.options].find((option) => option.value === value)?.text.trim() ?? value : value);
  const isSame = (one, other) => one.step === other.step && one.name === other.name && one.nth === other.nth;
  const shown = () => document.querySelector(".designer-step [data-step]")?.dataset.step ?? "";

  // Written down a moment later, so that the edit itself goes first; a page that is left writes at once.
  let writing;
  function write() {
    writing ??= setTimeout(writeNow, 50);
  }

  function writeNow() {
    clearTimeout(writing);
    writing = undefined;
    sessionStorage.setItem(place, JSON.stringify(entries));
  }

  addEventListener("pagehide", writeNow);

  // A label stands around its field or before it in its row. `labels` would look through the whole page for each field, with every edit.
  function nameOf(field) {
    const name = field.getAttribute("aria-label");
    if (name) return name;
    const label = field.closest("label") ?? field.closest(".designer-way")?.querySelector("label");
    return [...label?.childNodes ?? []].filter((node) => !(node instanceof Element && node.matches("input, select, textarea"))).map((node) => node.textContent).join("").trim();
  }

  // A field is known by its step and by what it is called there, as people know it.
  const named = (name) => [...document.querySelectorAll(fields)].filter((field) => nameOf(field) === name);

  function addressOf(field) {
    const name = nameOf(field);
    return { step: field.closest(".designer-step") ? shown() : "", name, nth: named(name).indexOf(field) };
  }

  function note(field, isTyping, to = valueOf(field)) {
    const address = addressOf(field);
    const known = entries.find((entry) => isSame(entry, address));
    const from = known?.from ?? begun.get(field) ?? null;
    const title = address.step ? document.getElementById("designer-step-title")?.textContent ?? "" : "";
    const entry = { ...address, from, to, isTyping, number: ++sent, words: `${title && `${title} · `}${address.name}: ${from === null ? "" : `${words(field, from)} → `}${words(field, to)}` };
    entries = [...entries.filter((other) => !isSame(other, address)), entry];
    write();
    return entry;
  }

  // What was sent is saved when the server answers this. Asked a moment later: the edit comes first.
  async function keep() {
    const last = sent;
    if (!board || isLost) return;
    try {
      if (await board.invokeMethodAsync("KeptAsync")) {
        entries = entries.filter((entry) => entry.isTyping || entry.number > last);
        write();
      }
    } catch {
      // The connection went meanwhile: what is written down stays, and is looked at when it is back.
    }
  }

  const isField = (target) => target instanceof Element && target.matches(fields);

  addEventListener("focusin", ({ target }) => {
    if (isField(target)) begun.set(target, valueOf(target));
  }, true);

  addEventListener("input", (event) => {
    if (isField(event.target) && !event.target.matches("select, [type=checkbox]")) note(event.target, true);
  }, true);

  addEventListener("change", (event) => {
    if (!isField(event.target)) return;
    const field = event.target;
    const to = valueOf(field);
    if (isLost) {
      event.stopImmediatePropagation();
      note(field, false, to);
      begun.set(field, to);
      return;
    }
    // On its way first: it is written down before any answer can come.
    setTimeout(() => {
      note(field, false, to);
      begun.set(field, to);
      setTimeout(keep, 50);
    });
  }, true);

  addEventListener("focusout", ({ target }) => {
    if (!isField(target)) return;
    const address = addressOf(target);
    entries = entries.filter((entry) => !(isSame(entry, address) && entry.isTyping && entry.from === entry.to));
    write();
  }, true);

  // Without a connection fields can be filled in; what only the server can do has to wait.
  for (const kind of ["click", "keydown"]) {
    addEventListener(kind, (event) => {
      if (!isLost || !(event.target instanceof Element) || !event.target.closest(".designer")) return;
      const isPress = kind === "click" ? event.target.closest("button, a[href], .designer-node") : event.ctrlKey && /^[zy]$/i.test(event.key);
      if (isPress) {
        event.preventDefault();
        say("wait");
      }
      if (isPress || kind === "keydown") event.stopImmediatePropagation();
    }, true);
  }

  function say(what) {
    signs.querySelector("p").textContent = what ? signs.dataset[what] : "";
    signs.hidden = !what;
  }

  function lose(is) {
    if (isLost === is) return;
    isLost = is;
    say(is ? "lost" : "");
    document.querySelectorAll(".simulate, .trial").forEach((pane) => { pane.inert = is; });
    if (!is) recover(true);
  }

  signs.addEventListener("components-reconnect-state-changed", async ({ detail }) => {
    if (detail.state === "hide") lose(false);
    else if (detail.state === "rejected" || detail.state === "resume-failed") location.reload();
    else lose(true);
    if (detail.state === "failed") again();
  });

  // Blazor has stopped trying; we do not, while the page is open.
  function again() {
    setTimeout(async () => {
      try {
        if (await Blazor.reconnect()) lose(false);
        else location.reload();
      } catch {
        again();
      }
    }, 5000);
  }

  const until = (found) => new Promise((resolve) => {
    const look = () => {
      const what = found();
      if (what) done(what);
    };
    const observer = new MutationObserver(look);
    const timer = setTimeout(() => done(undefined), 5000);
    function done(what) {
      observer.disconnect();
      clearTimeout(timer);
      resolve(what);
    }
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    look();
  });

  async function show(step) {
    if (!step || shown() === step) return true;
    const entry = document.querySelector(`.designer-entry[data-step="${CSS.escape(step)}"]`);
    entry?.click();
    return Boolean(entry && await until(() => shown() === step));
  }

  async function put(entry) {
    const field = await show(entry.step) && named(entry.name)[entry.nth];
    if (!field) return false;
    if (field.type === "checkbox") field.checked = entry.to === "true";
    else field.value = entry.to;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  // A page that still has its circuit shows in its fields what was typed; a new one shows the draft.
  function recover(isSameCircuit) {
    recovering = recovering.then(() => makeAgain(isSameCircuit));
  }

  async function makeAgain(isSameCircuit) {
    if (entries.length === 0) return;
    const here = shown();
    const offered = [];
    let applied = 0;
    for (const entry of [...entries]) {
      const field = await show(entry.step) ? named(entry.name)[entry.nth] : undefined;
      const now = field && valueOf(field);
      if (field && isSameCircuit && field === document.activeElement && entry.isTyping) continue;
      if (now === entry.from || entry.from === null && field || now === entry.to && isSameCircuit) {
        applied += await put(entry) ? 1 : 0;
      } else if (now !== entry.to) {
        offered.push(entry);
      } else {
        drop([entry]);
      }
    }

    // A page of its own begins again at the step that was worked on.
    if (isSameCircuit) await show(here);
    await keep();
    if (applied > 0) tell("designer-restored", applied);
    offer(offered);
  }

  function drop(which) {
    entries = entries.filter((entry) => !which.includes(entry));
    write();
  }

  function tell(id, count) {
    const box = document.getElementById(id);
    box.querySelector("p").textContent = box.dataset.words.replace("{0}", count);
    box.hidden = false;
    return box;
  }

  function offer(offered) {
    if (offered.length === 0) return;
    const box = tell("designer-offer", offered.length);
    box.querySelector("ul").replaceChildren(...offered.map((entry) => Object.assign(document.createElement("li"), { textContent: entry.words })));
    const close = () => {
      drop(offered);
      box.hidden = true;
    };
    box.querySelector("[data-discard]").onclick = close;
    box.querySelector("[data-apply]").onclick = async () => {
      const left = [];
      for (const entry of offered) {
        if (!await put(entry)) left.push(entry);
      }
      close();
      await keep();
      if (left.length > 0) {
        entries = [...entries, ...left];
        offer(left);
      }
    };
  }

  /** Called by the designer when its circuit has drawn it. */
  globalThis.designerJournal = {
    begin(reference) {
      board = reference;
      begun = new WeakMap();
      recover(false);
    },
  };
})();
