import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './browser.mjs';
import { announce, connected, goTo, saved } from './designing.mjs';
import { Pointer } from './hands.mjs';
import { Product } from './product.mjs';

const name = '2025년 고도화 공장 열 곳';

let product;
let browser;

before(async () => {
  product = await Product.start();
  browser = await Browser.open(product.url);
});

after(async () => {
  await browser?.close();
  await product?.stop();
});

test('Jeonnam asks for central money for ten advanced projects, is granted it for six, and the call says six; with a later grant it says eight', async () => {
  const official = await browser.signIn('jeonnam.officer');
  const { page } = official;
  const hand = new Pointer(official);
  await official.go('/t/jeonnam/programmes');
  await hand.follow(page.getByRole('link', { name: '새 사업 시작' }));
  await hand.follow(page.getByRole('link', { name: '지역 기초·고도화형 스마트공장' }));
  await hand.set(page.locator('[name=ko]'), name, false);
  await hand.set(page.locator('[name=en]'), 'Ten advanced factories 2025', false);
  await hand.follow(page.getByRole('button', { name: '초안 만들기' }));
  await connected(official);
  const programme = new URL(page.url()).pathname.replace('/design', '');
  await goTo(hand, '유형 결정');
  await hand.set(page.getByLabel('ADV 지원 기업 수'), '10');
  await page.getByText('고칠 곳이 없습니다.').waitFor();
  await saved(official);

  const approver = await browser.signIn('jeonnam.approver', 'en');
  await approver.go(`${programme}/publish`);
  assert.equal(await approver.page.locator('[name="national.ADV"]').inputValue(), '2,000,000,000', 'what ten projects need is there already');
  await approver.page.locator('[name=reason]').fill('Ten advanced projects in 2025.');
  await approver.submit(approver.page.locator('main form:has([name=reason]) .actions button'));
  await approver.leave();

  const kosmo = await browser.signIn('kosmo.approver');
  await kosmo.go('/oversight/publications');
  await kosmo.submit(kosmo.page.locator('main').getByRole('link', { name }).first());
  await kosmo.page.locator('[name="granted.ADV"]').fill('1,200,000,000');
  await kosmo.page.locator('label[for=approve-0]').click();
  await kosmo.page.locator('[name=reason]').fill('올해 남은 국비는 12억 원입니다.');
  await kosmo.submit(kosmo.page.locator('main form:has([name=approve]) .actions button'));

  await official.go(`${programme}/call`);
  assert.match(await page.locator('main form').innerText(), /1,200,000,000.*6곳/s);
  const call = await announce(hand, programme, { number: '2025-13' });
  assert.deepEqual(await places(official), { BASIC: null, ADV: 6 });

  await kosmo.go('/oversight/grants');
  const grant = kosmo.page.locator('article', { hasText: name });
  assert.equal(await grant.locator('form input.field-number').inputValue(), '800,000,000', 'what is still missing is there already');
  await grant.locator('form input.field-number').fill('400,000,000');
  await kosmo.submit(grant.locator('form button[type=submit]'));
  await kosmo.leave();

  await official.go(call);
  assert.deepEqual(await places(official), { BASIC: null, ADV: 8 });
  await official.leave();
});

/** How many projects each tier of the call's page takes; null where it names no number. */
async function places(person) {
  const rows = await person.page.locator('tbody tr', { has: person.page.locator('[data-title="선정 규모"]') }).evaluateAll(all => all.map(row => row.querySelector('[data-title="선정 규모"]').textContent.trim()));
  return Object.fromEntries(['BASIC', 'ADV'].map((tier, index) => [tier, /\d/.test(rows[index]) ? Number(rows[index].replace(/\D/g, '')) : null]));
}
