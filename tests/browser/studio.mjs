/** Elsa Studio on a programme of Jeollanam-do, as an expert uses it. */
export class Studio {
  constructor(person, definition) {
    this.person = person;
    this.definition = definition;
  }

  /** Opens a definition's canvas, and fits it into the window. */
  static async open(browser, user, definition, { step = '도비 확약', width = 3400 } = {}) {
    const person = await browser.signIn(user);
    // The whole flow must fit on the canvas: what is off it cannot be clicked.
    await person.page.setViewportSize({ width, height: 1200 });
    await person.page.goto(`/t/jeonnam/studio/${definition}`);
    await person.page.locator('.activity-label').getByText(step).waitFor();
    await person.page.locator('.mud-tooltip-root > button.mud-icon-button:visible').first().click();
    return new Studio(person, definition);
  }

  choose(words) {
    return this.person.page.locator('.activity-label').getByText(words, { exact: true }).click();
  }

  /** Changes the days of the step that is chosen; the server's answer to the save. */
  async setDays(days) {
    const input = this.person.page.locator('.mud-input-control', { hasText: '기한(일)' }).locator('input').first();
    await input.fill(days);
    const [answer] = await Promise.all([this.saved(), input.press('Tab')]);
    return answer;
  }

  saved() {
    return this.person.page.waitForResponse(answer => answer.request().method() === 'POST' && answer.url().endsWith('/workflow-definitions'));
  }

  /** The newest version or draft, as Elsa exports it. */
  exported() {
    return exported(this.person, this.definition);
  }

  leave() {
    return this.person.leave();
  }
}

export function exported(person, definition) {
  return person.page.evaluate(id => fetch(`/elsa/api/workflow-definitions/${id}/export?versionOptions=Latest`).then(answer => answer.json()), definition);
}

/** How large a step is drawn is Studio's own affair. */
export function withoutSizes(json) {
  return JSON.parse(JSON.stringify(json, (key, value) => (key === 'size' ? undefined : value)));
}
