/** The designer's parts, and the way of a draft until it counts. */

/** A step in the outline, by its name. */
export function entry(person, name) {
  return person.page.locator('.designer-outline').getByRole('button', { name });
}

/** Goes to a step, and waits until it is the one whose properties are shown. */
export async function goTo(hand, name) {
  await hand.press(entry(hand.person, name));
  await hand.person.page.locator('#designer-step-title').filter({ hasText: name }).waitFor();
}

/** A finding of the checker, by its words. */
export function problem(person, words) {
  return person.page.locator('.designer-below').getByText(words);
}

/** The designer answers: its circuit stands. */
export async function connected(person, step = '자격 심사') {
  await person.page.waitForURL(/\/design$/);
  const first = entry(person, step);
  await first.waitFor();
  while (await first.getAttribute('aria-current') !== 'step') {
    await first.press('Enter');
    await person.page.waitForTimeout(100);
  }
}

/** Every edit is in the draft. */
export function saved(person) {
  return person.page.locator('.designer-saved').getByText(/저장됨/).waitFor();
}

/** Opens a call of a published programme, with the same budget for every payer. */
export async function announce(hand, programme, { number, opensAt = '2025-03-04T09:00', closesAt = '2025-03-31T18:00', budget = '1,000,000,000' }) {
  const { page } = hand.person;
  await hand.person.go(`${programme}/call`);
  await hand.set(page.locator('[name=number]'), number, false);
  await hand.set(page.locator('[name=opensAt]'), opensAt, false);
  await hand.set(page.locator('[name=closesAt]'), closesAt, false);
  for (const field of await page.locator('[name^="budgets."]').all()) {
    await hand.set(field, budget, false);
  }

  await hand.follow(page.locator('main form .actions button'));
  const call = new URL(page.url()).pathname;
  if (!call.startsWith('/calls/')) {
    throw new Error(await page.locator('main').innerText());
  }

  return call;
}
