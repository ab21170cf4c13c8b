import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from './opening.mjs';

const { product, browser } = await open({ durable: true });

const firm = '도입기업 비율(%)';
const province = '도비 비율(%)';
const municipality = '시군비 비율(%)';

test('What an official changes while the line is cut goes into the draft when it is back, and can be taken back', async () => {
  const official = await designer('cut');
  const { page } = official;
  await cut(official, { [firm]: '41' });
  await fill(official, province, '31');
  await fill(official, municipality, '28');
  await page.locator('.designer-entry').first().click();
  await page.getByText('다시 연결되면 누를 수 있습니다').waitFor();
  await page.context().setOffline(false);
  await page.getByText('그사이 바꾼 3건을 초안에 적용했습니다').waitFor();
  assert.equal(await page.locator('#components-reconnect-modal').isVisible(), false);
  assert.deepEqual(await saved(official), { [firm]: '41', [province]: '31', [municipality]: '28' });

  await page.getByRole('button', { name: '되돌리기' }).click();
  await shows(page, { [municipality]: '30' });
  assert.deepEqual(await saved(official), { [firm]: '41', [province]: '31', [municipality]: '30' });
  await official.leave();
});

test('When the server goes down, what was changed just before and meanwhile is in the draft when it is up again', async () => {
  const official = await designer('restart');
  const { page } = official;
  await page.getByLabel(firm).fill('42');
  await page.getByLabel(firm).blur();
  await product.restart(async () => {
    await page.getByText('연결이 끊겼습니다').waitFor();
    await fill(official, province, '29');
    await page.getByLabel(municipality).fill('29');
  });
  await page.getByText(/그사이 바꾼 \d건을 초안에 적용했습니다/).waitFor();
  await shows(page, { [firm]: '42', [province]: '29', [municipality]: '29' });
  assert.deepEqual(await saved(official), { [firm]: '42', [province]: '29', [municipality]: '29' });
  await official.leave();
});

test('A page loaded again with changes that are not in the draft applies them, and asks where somebody else has changed the same', async () => {
  const official = await designer('again');
  const { page } = official;
  await cut(official);
  await fill(official, province, '25');
  await fill(official, firm, '45');

  const colleague = await browser.signIn('jeonnam.approver');
  await colleague.go(new URL(page.url()).pathname);
  await step(colleague.page);
  await fill(colleague, firm, '38');
  await colleague.page.getByText(/저장됨/).first().waitFor();

  await page.context().setOffline(false);
  await page.reload();
  await page.getByText('그사이 바꾼 1건을 초안에 적용했습니다').waitFor();
  const offer = page.locator('#designer-offer');
  assert.match(await offer.innerText(), /바꾼 1건은 지금 초안과 다릅니다[^]*사업비 분담\(기초\) · 도입기업 비율\(%\): 40 → 45/);
  await official.checkAccessibility();
  await offer.getByRole('button', { name: '적용' }).click();
  await offer.waitFor({ state: 'hidden' });
  await shows(page, { [firm]: '45', [province]: '25' });
  assert.deepEqual(await saved(official), { [firm]: '45', [province]: '25', [municipality]: '30' });
  await colleague.leave();
  await official.leave();
});

/** An official of Jeollanam-do at the shares of a new draft: 30 % province, 30 % municipality, 40 % firm. */
async function designer(slug) {
  const official = await browser.signIn('jeonnam.officer');
  const { page } = official;
  await page.addInitScript(() => {
    const sockets = [];
    globalThis.WebSocket = class extends WebSocket {
      constructor(...words) {
        super(...words);
        sockets.push(this);
      }
    };
    globalThis.cutTheLine = () => sockets.forEach(socket => socket.close());
  });
  await official.go('/t/jeonnam/programmes');
  await official.submit(page.getByRole('link', { name: '새 사업 시작' }));
  await official.submit(page.getByRole('link', { name: '지역 기초·고도화형 스마트공장' }));
  for (const [field, text] of Object.entries({ ko: `끊김 ${slug}`, en: 'Lost', slug: `lost-${slug}`, sectors: 'C10' })) {
    await page.locator(`[name=${field}]`).fill(text);
  }

  await official.submit(page.getByRole('button', { name: '초안 만들기' }));
  await step(page);
  return official;
}

async function step(page) {
  const entry = page.locator('.designer-entry', { hasText: '사업비 분담(기초)' });
  while (await entry.getAttribute('aria-current') !== 'step') {
    await entry.press('Enter');
    await page.waitForTimeout(100);
  }

  await page.getByLabel(firm).waitFor();
}

/** Cuts the line, at the very moment of some edits. */
async function cut(person, edits = {}) {
  await person.page.context().setOffline(true);
  await person.page.evaluate(edits => {
    for (const [name, value] of Object.entries(edits)) {
      const field = document.querySelector(`[aria-label="${name}"]`);
      field.focus();
      field.value = value;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }

    globalThis.cutTheLine();
  }, edits);
  await person.page.getByText('연결이 끊겼습니다').waitFor();
}

async function fill(person, name, text) {
  await person.page.getByLabel(name).fill(text);
  await person.page.getByLabel(name).blur();
}

async function shows(page, values) {
  for (const [name, value] of Object.entries(values)) {
    await page.waitForFunction(([name, value]) => document.querySelector(`[aria-label="${name}"]`)?.value === value, [name, value]);
  }
}

/** The shares of the draft as a page shows them that is opened only now. */
async function saved(person) {
  await person.page.waitForFunction(() => Object.keys(sessionStorage).filter(key => key.startsWith('designer ')).every(key => sessionStorage[key] === '[]'));
  const page = await person.page.context().newPage();
  await page.goto(person.page.url());
  await step(page);
  const values = {};
  for (const name of [firm, province, municipality]) {
    values[name] = await page.getByLabel(name).inputValue();
  }

  await page.close();
  return values;
}
