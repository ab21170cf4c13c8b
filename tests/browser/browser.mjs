import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const phone = { width: 390, height: 844 };

/** The same Chromium without what a window needs asks a third of the work of the whole one, most of all for each person who comes in. */
const executablePath = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);

/** Headless Chromium. Every person gets a browser context of their own: an own cookie jar, as on an own computer. */
export class Browser {
  #chromium;
  #url;
  #checked = new Set();

  static async open(url) {
    const browser = new Browser();
    browser.#url = url;
    browser.#chromium = await chromium.launch({
      executablePath,
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    return browser;
  }

  /** A visitor who has not signed in. */
  async visitor(language = 'ko') {
    // Without motion: what axe looks at is a colour, not one on its way to another.
    const context = await this.#chromium.newContext({ baseURL: this.#url, locale: language === 'ko' ? 'ko-KR' : 'en-GB', viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    await context.addCookies([{ name: 'lang', value: language, url: this.#url }]);
    context.setDefaultTimeout(60_000);
    return new Person(await context.newPage(), language, this.#checked);
  }

  /** Signs in on the page for it, as people do. */
  async signIn(user, language = 'ko') {
    const person = await this.visitor(language);
    await person.go('/sign-in');
    await person.page.locator('input[autocomplete=username]').fill(user);
    await person.page.locator('input[autocomplete=current-password]').fill('demo');
    await person.submit(person.page.locator('form:has(input[autocomplete=username]) button[type=submit]'));
    assert.notEqual(new URL(person.page.url()).pathname, '/sign-in', `${user} could not sign in`);
    return person;
  }

  async close() {
    await this.#chromium.close();
  }
}

/** Ticks a box or gives an answer as people do with keys: what is drawn lies over the input itself, and a mouse would have to press its words. */
export async function tick(input) {
  if (!await input.isChecked()) {
    await input.press('Space');
  }

  assert.ok(await input.isChecked(), `${input} was not ticked`);
}

/** Somebody at a page. Each page that they come to is checked for accessibility and on a phone's width, once per address pattern and language. */
export class Person {
  #checked;

  constructor(page, language, checked) {
    this.page = page;
    this.language = language;
    this.#checked = checked;
  }

  async go(address) {
    const response = await this.page.goto(address);
    await this.arrive(response);
    return response;
  }

  /** Clicks what leads to another page (or to the same one, answered anew) and waits for it. */
  async submit(locator) {
    const [response] = await Promise.all([
      this.page.waitForResponse(answer => answer.request().isNavigationRequest() && answer.status() < 300 || answer.status() >= 400),
      this.page.waitForEvent('load'),
      locator.click(),
    ]);
    await this.arrive(response);
  }

  async arrive(response) {
    const address = new URL(this.page.url()).pathname;
    assert.ok(!response || response.status() < 500, `${address} answered ${response?.status()}`);
    const pattern = `${this.language} ${address.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}')}`;
    if (!this.#checked.has(pattern)) {
      this.#checked.add(pattern);
      await this.checkAccessibility(address);
      await this.checkPhone(address);
    }
  }

  /** Fails when the page is wider than a phone and would have to be moved sideways. */
  async checkPhone(address) {
    const size = this.page.viewportSize();
    await this.page.setViewportSize(phone);
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth);
    await this.page.setViewportSize(size);
    assert.ok(wide <= phone.width, `${address} (${this.language}) is ${wide} wide on a phone of ${phone.width}`);
  }

  /** Fails on what axe-core calls serious or critical. */
  async checkAccessibility(address = new URL(this.page.url()).pathname) {
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
    const grave = violations.filter(violation => violation.impact === 'serious' || violation.impact === 'critical');
    const words = grave.map(violation => `${violation.id}: ${violation.help}\n${violation.nodes.map(node => `    ${node.html}`).join('\n')}`);
    assert.equal(grave.length, 0, `${address} has barriers:\n${words.join('\n')}`);
  }

  /** Loads the page again until it shows what is waited for: jobs work in the background. */
  async reloadUntil(locator, seconds = 30) {
    const end = Date.now() + seconds * 1000;
    while (await locator.count() === 0) {
      assert.ok(Date.now() < end, `${this.page.url()} did not show ${locator} within ${seconds} s:\n${await this.page.locator('main').innerText()}`);
      await this.page.waitForTimeout(250);
      await this.page.reload();
    }
  }

  async leave() {
    await this.page.context().close();
  }
}
