import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { open } from './opening.mjs';

const { browser } = await open();

let officer;
let approver;

before(async () => {
  officer = await browser.signIn('jeonnam.officer');
  const { page } = officer;
  await officer.go('/t/jeonnam/programmes');
  await officer.submit(page.getByRole('link', { name: '새 사업 시작' }));
  await officer.submit(page.getByRole('link', { name: '지역 기초·고도화형 스마트공장' }));
  for (const [field, text] of Object.entries({ ko: '둘이 함께', en: 'Together', slug: 'together', sectors: 'C10' })) {
    await page.locator(`[name=${field}]`).fill(text);
  }

  await officer.submit(page.getByRole('button', { name: '초안 만들기' }));
  approver = await browser.signIn('jeonnam.approver');
  await approver.go(new URL(page.url()).pathname);
});

test('Two officials at one draft see each other and the step that the other is at, until one leaves', async () => {
  await at(approver, '평가 단계');
  const present = officer.page.locator('.designer-present');
  await present.filter({ hasText: '평가 단계' }).waitFor();
  await at(officer, '사업비 분담(기초)');
  await approver.page.locator('.designer-present').filter({ hasText: '사업비 분담(기초)' }).waitFor();
  await officer.checkAccessibility();

  const other = await approver.page.context().newPage();
  await other.goto(officer.page.url());
  await officer.page.waitForFunction(() => document.querySelectorAll('.designer-present li').length === 2);
  await other.goto('about:blank');
  await officer.page.waitForFunction(() => document.querySelectorAll('.designer-present li').length === 1);
});

test('What one saves comes to the other by itself, in words, and undo leaves it alone', async () => {
  await at(officer, '사업비 분담(기초)');
  await at(approver, '평가 단계');
  await set(officer, '도입기업 비율(%)', '41');
  await approver.page.locator('.designer-joined').filter({ hasText: /도입기업.*40 % → 41 %/ }).waitFor();
  await set(approver, '합격 점수', '72');
  await officer.page.locator('.designer-joined').filter({ hasText: '→ 72' }).waitFor();
  await officer.checkAccessibility();

  await officer.page.getByRole('button', { name: '되돌리기' }).click();
  await officer.page.waitForFunction(() => document.querySelector('[aria-label="도입기업 비율(%)"]').value === '40');
  await approver.page.locator('.designer-joined').filter({ hasText: /도입기업.*41 % → 40 %/ }).waitFor();
  assert.equal(await approver.page.getByLabel('합격 점수').inputValue(), '72');
  await at(officer, '평가 단계');
  assert.equal(await officer.page.getByLabel('합격 점수').inputValue(), '72');
});

test('Where both changed one step at the same moment, one of them decides, and nobody overwrites the other unseen', async () => {
  await at(officer, '평가 단계');
  await at(approver, '평가 단계');
  const clash = '.designer-clash';
  let asked;
  for (let points = 50; !asked && points < 90; points++) {
    await Promise.all([set(officer, '합격 점수', String(points)), set(approver, '합격 점수', String(points + 100 - 2 * (points - 50) - 50))]);
    await Promise.all([officer, approver].map(settled));
    asked = (await Promise.all([officer, approver].map(async person => await person.page.locator(clash).count() > 0 && person))).find(Boolean);
  }

  assert.ok(asked, 'in 40 tries nobody was asked');
  const other = asked === officer ? approver : officer;
  const words = await asked.page.locator(clash).innerText();
  assert.match(words, /내가 바꾼 것[^]*합격[^]*다른 사람이 바꾼 것[^]*합격/);
  await asked.checkAccessibility();
  await asked.checkPhone(`${asked.page.url()} with a clash`);
  const theirs = await other.page.getByLabel('합격 점수').inputValue();
  await asked.page.locator(clash).getByRole('button', { name: '다른 사람 것으로' }).click();
  await asked.page.locator(clash).waitFor({ state: 'detached' });
  await settled(asked);
  assert.equal(await asked.page.getByLabel('합격 점수').inputValue(), theirs);
});

async function at(person, name) {
  const entry = person.page.locator('.designer-entry', { hasText: name });
  while (await entry.getAttribute('aria-current') !== 'step') {
    await entry.press('Enter');
    await person.page.waitForTimeout(100);
  }
}

async function set(person, name, text) {
  await person.page.getByLabel(name).fill(text);
  await person.page.getByLabel(name).blur();
}

/** Until all is saved, or somebody is asked. */
async function settled(person) {
  await person.page.waitForFunction(() => /저장됨/.test(document.querySelector('.designer-saved')?.textContent ?? '') || document.querySelector('.designer-clash'));
}
