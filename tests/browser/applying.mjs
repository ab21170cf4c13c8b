import { tick } from './browser.mjs';

/** Opens the page of a tenant's call from the public list, by the words of its link. */
export async function openCall(person, tenant, words) {
  await person.go(`/calls?region=${tenant}`);
  await person.submit(person.page.locator('main').getByRole('link', { name: words }).first());
}

/** Fills the application form as a firm does, ticking every document, and sends it. */
export async function apply(person, wishes) {
  await fill(person, wishes);
  await person.submit(person.page.locator('button[name=action][value=submit]'));
}

/** The same without sending: the firm keeps it for later. */
export async function keep(person, wishes) {
  await fill(person, wishes);
  await person.submit(person.page.locator('button[name=action][value=keep]'));
}

async function fill(person, { title, tier, equipment = [], supplier, lines, solution = 'MES' }) {
  const form = person.page.locator('form[data-live=preview]');
  await form.locator('[name=title]').fill(title);
  await form.locator('[name=facilityId]').selectOption({ index: 1 });
  await form.locator('[name=solution]').selectOption(solution);
  for (const code of equipment) {
    await tick(form.locator(`[name=equipment][value=${code}]`));
  }
  if (tier) {
    await tick(form.locator(`[name=requestedTier][value=${tier}]`));
  }
  if (supplier) {
    await form.locator('[name=supplierBusinessNumber]').fill(supplier);
  }
  for (const [index, [label, amount]] of lines.entries()) {
    await form.locator(`[name="costLines[${index}].label"]`).fill(label);
    await form.locator(`[name="costLines[${index}].amount"]`).fill(String(amount));
  }
  for (const document of await form.locator('[name=documents]').all()) {
    await tick(document);
  }
}

/** Every funder's won in the first table of shares on the page, in its order, without the total. */
export async function sharesOn(person) {
  const amounts = await person.page.locator('.shares-table').first().locator('tbody .money-figures').allInnerTexts();
  return amounts.map(text => Number(text.replace(/\D/g, '')));
}

/** The won of the first table of shares on the page, by funder: `{ province: 15000000, … }`. */
export function sharesByFunder(person) {
  return person.page.locator('.shares-table').first().locator('tbody tr').evaluateAll(rows => Object.fromEntries(rows.map(row => [
    /funder-(\w+)/.exec(row.querySelector('.swatch').className)[1], Number(row.querySelector('.money-figures').textContent.replace(/\D/g, '')),
  ])));
}
