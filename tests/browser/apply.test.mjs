import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, openCall, sharesOn } from './applying.mjs';
import { open } from './opening.mjs';

const { browser } = await open();

const narae = '604-81-17772';

test('A food maker in Naju signs in, applies for a basic project, and gets a receipt with every funder\'s won', async () => {
  const firm = await browser.signIn('baewon');
  await openCall(firm, 'jeonnam', /식품/);
  await firm.submit(firm.page.locator('a[href$="/apply"]').first());

  await apply(firm, {
    title: '배 음료 생산관리 구축',
    tier: 'BASIC',
    supplier: narae,
    lines: [['솔루션', 60_000_000], ['자동화 설비', 30_000_000], ['컨설팅', 10_000_000]],
  });

  assert.match(new URL(firm.page.url()).pathname, /\/receipt$/, await firm.page.locator('main').innerText());
  assert.match(await firm.page.locator('.receipt-number').innerText(), /^JEONNAM-2025-\d{6}$/);
  assert.match(await firm.page.locator('.receipt-time').innerText(), /^2025\. 3\. 4\./);
  assert.deepEqual(await sharesOn(firm), [30_000_000, 30_000_000, 40_000_000]);

  await firm.submit(firm.page.locator('main a[href^="/company/applications/"]').last());
  await firm.go('/company/applications');
  assert.match(await firm.page.locator('main').innerText(), /배 음료 생산관리 구축/);
  await firm.leave();
});

test('What is wrong with an application is said all at once, in Korean or English, and nothing typed is lost', async () => {
  for (const [language, words] of [['ko', /과제명/], ['en', /title/i]]) {
    const firm = await browser.signIn('namdo', language);
    await openCall(firm, 'jeonnam', language === 'ko' ? /식품/ : /food/i);
    await firm.submit(firm.page.locator('a[href$="/apply"]').first());

    await apply(firm, { title: '', supplier: '124-81-00999', lines: [['MES', -1]] });

    const summary = firm.page.locator('.error-summary');
    assert.match(await summary.innerText(), words);
    assert.ok(await summary.locator('li').count() >= 3, await summary.innerText());
    assert.equal(await firm.page.locator('[name=supplierBusinessNumber]').inputValue(), '124-81-00999');
    await firm.checkAccessibility();
    await firm.leave();
  }
});

test('Who names no supplier is told once, at the field that asks for it, and the money beside the form keeps within its frame', async () => {
  for (const [language, words] of [['ko', /공급기업과 함께 신청해야 합니다/], ['en', /A supplier must take part/]]) {
    const firm = await browser.signIn('baewon', language);
    await openCall(firm, 'jeonnam', language === 'ko' ? /식품/ : /food/i);
    await firm.submit(firm.page.locator('a[href$="/apply"]').first());
    assert.equal(await firm.page.locator('label[for=supplierBusinessNumber] .field-optional').count(), 0);

    await apply(firm, { title: '배 음료', tier: 'BASIC', lines: [['MES', 100_000_000]] });

    const told = firm.page.locator('.error-summary li');
    assert.deepEqual((await told.allInnerTexts()).filter(line => words.test(line)).length, 1, await firm.page.locator('.error-summary').innerText());
    assert.match(await told.filter({ hasText: words }).locator('a').getAttribute('href'), /#supplierBusinessNumber$/);
    assert.equal(await firm.page.locator('.preview .plain-list li').filter({ hasText: words }).count(), 1);
    assert.doesNotMatch(await firm.page.locator('.preview').innerText(), /[.다]\.스마트/);
    await apply(firm, { title: '배 음료', tier: 'BASIC', supplier: narae, lines: [['MES', 600_000_000]] });
    const out = await firm.page.locator('.preview').evaluate(frame => [...frame.querySelectorAll('td, th')]
      .filter(cell => cell.scrollWidth > cell.clientWidth + 1 || cell.getBoundingClientRect().right > frame.getBoundingClientRect().right).map(cell => cell.textContent));
    assert.deepEqual(out, []);
    await firm.leave();
  }
});

test('Who adds items or asks for the shares by keyboard goes on where the answer is', async () => {
  const firm = await browser.signIn('baewon');
  await openCall(firm, 'jeonnam', /식품/);
  await firm.submit(firm.page.locator('a[href$="/apply"]').first());
  const focused = () => firm.page.evaluate(() => document.activeElement.id || document.activeElement.tagName);
  const lines = await firm.page.locator('.cost-line').count();
  await firm.page.locator('[name=facilityId]').selectOption({ index: 1 });
  await firm.page.locator('[name=requestedTier][value=BASIC]').press('Space');

  await firm.submit({ click: () => firm.page.locator('button[value=add-line]').press('Enter') });
  assert.equal(await focused(), `costLines-${lines}-label`);
  await firm.page.keyboard.type('설비');
  await firm.page.keyboard.press('Tab');
  await firm.page.keyboard.type('100000000');
  await firm.submit({ click: () => firm.page.locator('button[value=preview]').press('Enter') });

  assert.equal(await focused(), 'preview');
  await firm.page.locator('#preview .notice').waitFor();
  await firm.leave();
});

test('The page of another firm\'s application is answered like one that does not exist', async () => {
  const owner = await browser.signIn('baewon');
  await owner.go('/company/applications');
  const address = await owner.page.locator('main a[href^="/company/applications/"]').first().getAttribute('href');
  const stranger = await browser.signIn('namdo');

  const foreign = await stranger.go(address);
  const foreignText = await stranger.page.locator('main').innerText();
  const absent = await stranger.go('/company/applications/01930000-0000-7000-8000-000000000000');

  assert.equal(foreign.status(), 404);
  assert.equal(absent.status(), 404);
  assert.equal(await stranger.page.locator('main').innerText(), foreignText);
});
