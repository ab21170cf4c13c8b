import { tick } from './browser.mjs';

/** What an official does with mouse and keyboard, counted. */
export class Pointer {
  clicks = 0;
  keys = 0;

  constructor(person) {
    this.person = person;
  }

  /** Presses what acts on the page. */
  async press(locator) {
    this.clicks++;
    await locator.click();
  }

  /** Presses what leads to another page. */
  async follow(locator) {
    this.clicks++;
    await this.person.submit(locator);
  }

  async tick(locator) {
    this.clicks++;
    await tick(locator);
  }

  /** Writes into a field, and leaves it where the page shall answer at once. */
  async set(locator, text, leaves = true) {
    this.clicks++;
    this.keys += text.length;
    await locator.fill(text);
    if (leaves) {
      await locator.blur();
    }
  }

  /** Opens a list and takes one of what it offers. */
  async choose(locator, option) {
    this.clicks += 2;
    await locator.selectOption(option);
  }

  async undo() {
    this.clicks++;
    // One press more than there are edits does nothing, as in life.
    await this.person.page.getByRole('button', { name: '되돌리기' }).click({ force: true });
  }
}

/** The same without a mouse: what is wanted is gone to with keys alone, and every key is counted. */
export class Keyboard {
  clicks = 0;
  keys = 0;
  /** How many of the keys were text. */
  written = 0;

  constructor(person) {
    this.person = person;
  }

  async press(locator) {
    await this.#reach(locator);
    await this.#key('Enter');
  }

  async follow(locator) {
    // Enter in a field sends its form.
    if (!await locator.evaluate(button => Boolean(button.form) && document.activeElement.form === button.form && document.activeElement.matches('input:not([type=checkbox], [type=radio])'))) {
      await this.#reach(locator);
    }

    await this.person.submit({ click: () => this.#key('Enter') });
  }

  async tick(locator) {
    await this.#reach(locator);
    if (!await locator.isChecked()) {
      await this.#key('Space');
    }
  }

  async set(locator, text, leaves = true) {
    await this.#reach(locator);
    if (await locator.getAttribute('type') === 'datetime-local') {
      await this.#writeTime(text);
    } else {
      // Who comes to a field by Tab finds its text selected.
      await this.person.page.keyboard.type(text);
      this.keys += text.length;
      this.written += text.length;
    }

    if (leaves) {
      await this.#key('Enter');
    }
  }

  async undo() {
    await this.#key('Control+z');
  }

  /** Month, day, year, hour, minute, half of the day: the order of Chromium's field in its own language, English. */
  async #writeTime(text) {
    const [, year, month, day, hour, minute] = /(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(text);
    await this.#type(`${month}${day}${year}`);
    await this.#key('ArrowRight');
    await this.#type(`${String((Number(hour) + 11) % 12 + 1).padStart(2, '0')}${minute}`);
    await this.#key(Number(hour) < 12 ? 'a' : 'p');
  }

  async #type(text) {
    for (const key of text) {
      await this.#key(key);
    }
  }

  async #key(key) {
    this.keys++;
    await this.person.page.keyboard.press(key);
  }

  async #reach(locator) {
    await locator.waitFor({ state: 'attached' });
    const target = await locator.elementHandle();
    for (let tries = 0; tries < 150; tries++) {
      const key = await target.evaluate(nextKey);
      if (key === null) {
        return;
      }

      await this.#key(key);
    }

    throw new Error(`No key leads to ${locator}.`);
  }
}

/** The key that brings one closer to an element; null on it. Runs in the page. */
function nextKey(target) {
  const here = document.activeElement;
  if (here === target) {
    return null;
  }

  const main = document.querySelector('main');
  if (here.matches('.skip-link') && main.contains(target)) {
    return 'Enter';
  }

  const pane = target.closest('[data-pane]');
  if (pane && !pane.contains(here) && main.contains(here)) {
    const all = [...document.querySelectorAll('[data-pane]')].filter(each => each.offsetParent !== null);
    const [from, to] = [all.findIndex(each => each.contains(here)), all.indexOf(pane)];
    return from < 0 || (to - from + all.length) % all.length <= all.length / 2 ? 'F6' : 'Shift+F6';
  }

  const isAfter = here === document.body || Boolean(here.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING);
  if (here.matches('.designer-entry') && target.matches('.designer-entry') || here.matches('[type=radio]') && target.matches('[type=radio]') && here.name === target.name) {
    return isAfter ? 'ArrowDown' : 'ArrowUp';
  }

  const [mine, theirs] = [here.closest('.designer-grid td'), target.closest('.designer-grid td')];
  if (mine && theirs && here.matches('input') && mine.cellIndex === theirs.cellIndex && mine.closest('tbody') === theirs.closest('tbody')) {
    return isAfter ? 'ArrowDown' : 'ArrowUp';
  }

  return isAfter ? 'Tab' : 'Shift+Tab';
}
