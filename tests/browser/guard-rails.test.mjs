import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tick } from './browser.mjs';
import { open } from './opening.mjs';

const { browser } = await open();

const page = '/oversight/guard-rails';

test('KOSMO lowers the central share of local programmes to 45 %, sees who offends in Korean and English, and Jeonnam is stopped at 50 % until it is set back', async () => {
  const officer = await browser.signIn('kosmo.officer');
  await officer.go(page);
  await officer.page.getByRole('link', { name: '바꾸기: 지자체형 · 국비 있음' }).click();
  await field(officer, 'shares.National.maxBp').fill('45.001');
  await field(officer, 'reason').fill('');
  await officer.submit(officer.page.getByRole('button', { name: '영향 미리 보기' }));
  await officer.page.locator('.error-summary').getByText('비율은 0에서 100 사이').waitFor();

  await lower(officer, '45', '국비를 아낀다');
  const would = officer.page.locator('#would');
  assert.deepEqual(await names(would), ['전북특별자치도', '전라남도']);
  assert.match(await would.innerText(), /국비 분담이 50 %입니다\. 45 % 이하여야 합니다\. \(국가 기준: 지자체형 · 국비 있음/);
  assert.match(await would.innerText(), /접수 중/);
  await officer.checkAccessibility();
  await officer.checkPhone(page);
  await officer.submit(officer.page.getByRole('button', { name: '승인 요청하기' }));
  await officer.page.getByText('내가 올린 변경입니다').waitFor();

  const approver = await browser.signIn('kosmo.approver', 'en');
  await approver.go('/inbox');
  await approver.submit(approver.page.getByRole('link', { name: /Decide on a change of the national guard rails/ }).first());
  assert.deepEqual(await names(approver.page.locator('[id^=would-]').first()), ['Jeonbuk State', 'Jeollanam-do']);
  await approve(approver);
  await approver.reloadUntil(approver.page.locator('#offenders tbody tr').nth(1));
  const offenders = approver.page.locator('#offenders');
  assert.deepEqual(await names(offenders), ['Jeonbuk State', 'Jeollanam-do']);
  assert.match(await offenders.innerText(), /The share of the central government is 50 %; it must be at most 45 %\. \(National guard rail: local government, with central money/);
  await approver.checkAccessibility();
  await approver.checkPhone(page);

  const official = await browser.signIn('jeonnam.officer');
  await official.go('/inbox');
  await official.submit(official.page.getByRole('link', { name: /사업을 국가 기준에 맞추기/ }).first());
  await official.page.locator('.designer-problems li', { hasText: '국비 분담이 50 %입니다. 45 % 이하여야 합니다. (국가 기준: 지자체형' }).first().waitFor();
  const programme = new URL(official.page.url()).pathname.replace('/design', '');
  await connected(official);
  await official.page.locator('.designer-outline').getByRole('button', { name: '사업비 분담(고도화)' }).click();
  await official.page.getByLabel('국비 최소(%)').fill('49');
  await official.page.getByLabel('국비 최소(%)').press('Tab');
  await official.page.getByText(/저장됨/).first().waitFor();
  await official.go(`${programme}/publish`);
  await official.page.getByText('45 % 이하여야 합니다.').first().waitFor();

  await officer.go(page);
  await officer.page.getByRole('link', { name: '바꾸기: 지자체형 · 국비 있음' }).click();
  await lower(officer, '50', '되돌림');
  assert.equal(await officer.page.locator('#would tbody tr').count(), 0);
  await officer.submit(officer.page.getByRole('button', { name: '승인 요청하기' }));
  await approver.go(page);
  await approve(approver);
  await approver.reloadUntil(approver.page.locator('#offenders').getByText('All programmes keep the guard rails.'));
  assert.match(await approver.page.locator('#history').innerText(), /central government, at most: 45 % → 50 %/);
  await official.go(`${programme}/publish`);
  assert.equal(await official.page.getByText('45 % 이하여야 합니다.').count(), 0);
});

// The designer's page is there before its circuit is.
async function connected(person) {
  const first = person.page.locator('.designer-outline').getByRole('button', { name: '자격 심사' });
  await first.waitFor();
  while (await first.getAttribute('aria-current') !== 'step') {
    await first.press('Enter');
    await person.page.waitForTimeout(100);
  }
}

function field(person, name) {
  return person.page.locator(`[name="${name}"]`);
}

async function lower(person, percent, reason) {
  await field(person, 'shares.National.maxBp').fill(percent);
  await field(person, 'source').fill('2025년 개편 지침');
  await field(person, 'reason').fill(reason);
  await person.submit(person.page.getByRole('button', { name: '영향 미리 보기' }));
  await person.page.locator('#preview').waitFor();
}

async function approve(person) {
  await tick(person.page.locator('[name^=approve-][value=true]'));
  await person.submit(person.page.getByRole('button', { name: 'Save the decision' }));
  await person.page.getByText('The guard rail is approved.').waitFor();
}

async function names(table) {
  return (await table.locator('tbody th a').allInnerTexts()).map(name => name.trim());
}
