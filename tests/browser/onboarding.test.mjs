import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tick } from './browser.mjs';
import { connected } from './designing.mjs';
import { open } from './opening.mjs';

const { browser } = await open();

const password = '가을 하늘 공활한데 높고';

for (const [language, city] of [
  ['ko', { id: 'gwangyang', ko: '광양시', en: 'Gwangyang', number: '416-83-00019' }],
  ['en', { id: 'suncheon', ko: '순천시', en: 'Suncheon', number: '416-83-00023' }],
]) {
  test(`KOSMO takes in ${city.en} by the form; its designer comes in by the mail, sees what waits and begins a programme from the template (${language})`, async () => {
    const designer = `designer@${city.id}.example`;
    await takeIn(city, designer, language);

    const newcomer = await browser.visitor(language);
    await openMail(newcomer, designer);
    await newcomer.page.locator('#ko').fill('김설계');
    await newcomer.page.locator('#password').fill(password);
    await newcomer.submit(newcomer.page.locator('main form button[type=submit]'));
    assert.equal(new URL(newcomer.page.url()).pathname, `/t/${city.id}`);
    await newcomer.leave();

    const official = await browser.visitor(language);
    await official.go('/inbox');
    assert.equal(new URL(official.page.url()).pathname, '/sign-in');
    await official.page.locator('input[autocomplete=username]').fill(designer);
    await official.page.locator('input[autocomplete=current-password]').fill(password);
    await official.submit(official.page.locator('form:has(input[autocomplete=username]) button[type=submit]'));
    assert.equal(new URL(official.page.url()).pathname, '/inbox');
    assert.equal(await official.page.locator('.utility-count').innerText(), '0');
    assert.match(await official.page.locator('.table-empty').innerText(), language === 'ko' ? /기다리는 일이 없습니다/ : /Nothing waits/);

    await official.go(`/t/${city.id}/programmes`);
    await official.submit(official.page.locator(`a[href="/t/${city.id}/programmes/new"]`));
    await official.submit(official.page.locator('main .start-choices a').first());
    await official.page.locator('#ko').fill('2025년 스마트공장');
    await official.page.locator('#en').fill('Smart factories 2025');
    await official.page.locator('#slug').fill('first-2025');
    await official.submit(official.page.locator('main form button[type=submit]').last());
    assert.match(new URL(official.page.url()).pathname, /\/design$/);
    await official.page.locator('.designer-saved').waitFor();
    await official.go(`/t/${city.id}/programmes`);
    assert.match(await official.page.locator('main').innerText(), language === 'ko' ? /2025년 스마트공장/ : /Smart factories 2025/);
    await official.leave();
  });
}

test('A centre that is invited plans the draft from its inbox, and is shown nothing when the invitation ends', async () => {
  const official = await browser.signIn('jeonnam.officer');
  await official.go('/t/jeonnam/programmes/new');
  await official.submit(official.page.getByRole('link', { name: '지역 기초·고도화형 스마트공장' }));
  await official.page.locator('#ko').fill('2026년 식품 스마트공장');
  await official.page.locator('#en').fill('Food 2026');
  await official.page.locator('#slug').fill('food-2026');
  await official.submit(official.page.getByRole('button', { name: '초안 만들기' }));
  const guests = new URL(official.page.url()).pathname.replace('/design', '/guests');
  await official.go(guests);
  await official.page.locator('#centre').selectOption({ label: await official.page.locator('#centre option', { hasText: '전남' }).first().innerText() });
  await official.submit(official.page.getByRole('button', { name: '초대하기', exact: true }));

  const planner = await browser.signIn('centre.jnm');
  assert.equal(await planner.page.locator('.utility-count').innerText(), '1');
  await planner.go('/inbox');
  await planner.submit(planner.page.getByRole('link', { name: '사업 초안 함께 설계하기' }));
  const draft = new URL(planner.page.url()).pathname;
  assert.match(draft, /^\/centre\/drafts\/.*\/design$/);
  assert.equal(await planner.page.locator('a[href*="/publish"]').count(), 0);
  await connected(planner);
  await planner.page.locator('.designer-outline').getByRole('button', { name: '사업비 분담(기초)' }).click();
  await planner.page.getByLabel('도입기업 비율(%)').fill('45');
  await planner.page.getByLabel('도입기업 비율(%)').press('Tab');
  await planner.page.getByText('105 %').first().waitFor();
  await planner.page.getByText(/저장됨/).first().waitFor();
  await official.go(guests.replace('/guests', '/design'));
  await official.page.getByText('105 %').first().waitFor();

  await official.go(guests);
  await official.submit(official.page.getByRole('button', { name: /초대 끝내기/ }));
  const answer = await planner.page.goto(draft);
  assert.equal(answer.status(), 404);
  await planner.go('/inbox');
  assert.match(await planner.page.locator('.table-empty').innerText(), /기다리는 일이 없습니다/);
  await official.leave();
  await planner.leave();
});

/** As somebody at KOSMO fills in the form, with a designer and the one who invites others later. */
async function takeIn(city, designer, language) {
  const kosmo = await browser.signIn('kosmo.officer', language);
  await kosmo.go('/oversight/tenants');
  await kosmo.submit(kosmo.page.locator('a[href="/oversight/tenants/new"]').first());
  const page = kosmo.page;
  await tick(page.locator('input[name=kind][value=Municipality]'));
  await page.locator('#ko').fill(city.ko);
  await page.locator('#en').fill(city.en);
  await page.locator('#id').fill(city.id);
  await page.locator('#businessNumber').fill(city.number);
  await page.locator('#region').selectOption('46');
  await tick(page.locator('#colour-teal'));
  await tick(page.locator(`input[name=language][value=${language}]`));
  await page.locator('[name="officials[0].email"]').fill(designer);
  await tick(page.locator('[name="officials[0].roles"][value=Designer]'));
  await page.locator('[name="officials[1].email"]').fill(`head@${city.id}.example`);
  await tick(page.locator('[name="officials[1].roles"][value=Administrator]'));
  await tick(page.locator('[name="officials[1].roles"][value=Approver]'));
  await kosmo.submit(page.locator('main form button[type=submit]').last());
  assert.equal(new URL(page.url()).pathname, `/oversight/tenants/${city.id}`, await page.locator('main').innerText());
  await kosmo.leave();
}

/** Opens the newest mail to an address on the demo's page of mail, and follows its link. */
async function openMail(person, address) {
  await person.go('/demo/mail');
  const letter = person.page.locator('article', { hasText: address }).locator('.letter-link').first();
  await person.reloadUntil(letter);
  await person.submit(letter);
}
