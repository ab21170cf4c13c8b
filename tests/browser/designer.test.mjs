import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, sharesOn } from './applying.mjs';
import { announce, connected, goTo, problem } from './designing.mjs';
import { Keyboard, Pointer } from './hands.mjs';
import { open } from './opening.mjs';

const { browser } = await open();

const walk = 'builds the food programme with both tiers from the local template, is stopped at 105 % and at 50.01 % of central money, simulates 1,000 firms of the province, and after a second person and KOSMO a firm gets its won';

test(`An official ${walk}`, () => build(Pointer, { name: '2025년 식품 1차', number: '2025-9', solution: 'MES' }));

test(`An official by keyboard alone ${walk}`, () => build(Keyboard, { name: '2025년 식품 2차', number: '2025-10', solution: 'ERP' }));

async function build(Hand, { name, number, solution }) {
  const official = await browser.signIn('jeonnam.officer');
  const hand = new Hand(official);
  const field = (of, name) => of.person.page.locator(`[name="${name}"]`);
  await official.go('/t/jeonnam/programmes');
  await hand.follow(official.page.getByRole('link', { name: '새 사업 시작' }));
  await hand.follow(official.page.getByRole('link', { name: '지역 기초·고도화형 스마트공장' }));
  await hand.set(field(hand, 'ko'), name, false);
  await hand.set(field(hand, 'en'), 'Food 2025', false);
  await hand.set(field(hand, 'sectors'), '10 11', false);
  await hand.follow(official.page.getByRole('button', { name: '초안 만들기' }));
  await connected(official);

  await goTo(hand, '사업비 분담(기초)');
  await hand.set(official.page.getByLabel('도입기업 비율(%)'), '45');
  await problem(official, '분담 비율의 합이 105 %입니다. 100 %여야 합니다.').waitFor();
  await hand.undo();
  await problem(official, '105 %').waitFor({ state: 'detached' });

  await goTo(hand, '사업비 분담(고도화)');
  await hand.set(official.page.getByLabel('국비 비율(%)'), '50.01');
  await problem(official, '50').first().waitFor();
  assert.match(await official.page.locator('.designer-problems').first().innerText(), /국비.*50 %/s);
  await hand.undo();
  await official.page.getByText('고칠 곳이 없습니다.').waitFor();

  await hand.press(official.page.locator('.designer-views').getByRole('button', { name: '모의실행' }));
  await hand.press(official.page.locator('.simulate-act').getByRole('button', { name: '모의실행' }));
  await official.page.getByText(/전라남도 가상 기업 1,000곳 가운데/).waitFor();
  const tiers = await figures(official, 'tiers');
  assert.deepEqual(Object.keys(tiers), ['BASIC', 'ADV']);
  const passed = Object.values(tiers).reduce((sum, [firms]) => sum + firms, 0);
  assert.ok(passed > 0 && passed < 1000, `${passed} of 1,000 firms pass`);
  const verdicts = await figures(official, 'verdicts');
  assert.equal(Object.values(verdicts).reduce((sum, [firms]) => sum + firms, 0), 1000);
  const won = await official.page.locator('[data-figures=won] tr[data-won]').evaluateAll(rows => Object.fromEntries(rows.map(row => [row.dataset.code, Number(row.dataset.won)])));
  assert.equal(won.Province, won.Municipality);
  assert.ok(won.National > 0);
  await official.page.getByText(/저장됨/).first().waitFor();
  const publish = await official.page.getByRole('link', { name: '검토하고 게시' }).getAttribute('href');
  console.log(`# ${Hand.name}: the two tiers from the template took ${hand.clicks} clicks and ${hand.keys} keys${hand.written ? `, ${hand.written} of them text` : ''}`);
  assert.ok(hand.clicks + hand.keys <= 120, `${hand.clicks} clicks and ${hand.keys} keys`);
  assert.ok(Hand !== Keyboard || hand.clicks === 0);

  await official.go(publish);
  await ask(hand);
  await official.page.getByText('다른 담당자가 게시해야 합니다').first().waitFor();

  const approver = await browser.signIn('jeonnam.approver');
  await approver.go(publish);
  await ask(new Hand(approver));
  await approver.page.getByText('KOSMO의 승인을 기다립니다').first().waitFor();
  await approver.leave();

  const kosmo = await browser.signIn('kosmo.approver');
  await kosmo.go('/oversight/publications');
  const decider = new Hand(kosmo);
  await decider.follow(kosmo.page.locator('main').getByRole('link', { name }).first());
  await decider.tick(kosmo.page.locator('[name=approve][value=true]'));
  await decider.follow(kosmo.page.getByRole('button', { name: '결정 저장' }));
  await kosmo.leave();

  const call = await announce(hand, publish.replace('/publish', ''), { number });
  await official.leave();

  assert.deepEqual(await applied(call, 'BASIC', 80_000_000, solution), [24_000_000, 24_000_000, 32_000_000]);
  assert.deepEqual(await applied(call, 'ADV', 400_000_000, solution), [200_000_000, 60_000_000, 60_000_000, 80_000_000]);
}

test('An official walks a made-up firm through the programme by keyboard: it waits for answers, shows its won, and a refusal ends it', async () => {
  const official = await browser.signIn('jeonnam.officer');
  await official.go('/t/jeonnam/programmes');
  await official.submit(official.page.locator('main table a').first());
  await official.submit(official.page.locator('a[href$="/design"]'));
  await connected(official);
  const views = official.page.locator('.designer-views');
  await views.getByRole('button', { name: '한 건 해보기' }).press('Enter');
  const trial = official.page.locator('.trial');
  await trial.getByRole('button', { name: '시작' }).press('Enter');
  await trial.locator('[data-outcome=Accepted]').waitFor();
  const won = await trial.locator('[data-trial=shares] tr[data-won]').evaluateAll(rows => Object.fromEntries(rows.map(row => [row.dataset.code, Number(row.dataset.won)])));
  assert.deepEqual(won, { Province: 30_000_000, Municipality: 30_000_000, Firm: 40_000_000 });
  await trial.locator('[data-outcome=Accepted]').press('Enter');
  await trial.locator('[data-outcome=NotSelected]').waitFor();
  await official.page.waitForFunction(() => document.activeElement.id === 'trial-now');
  assert.equal(await trial.locator('.flow-item[aria-current=step]').count(), 1);
  await trial.locator('[data-outcome=NotSelected]').press('Enter');
  await trial.getByText('이 건은 끝났습니다.').waitFor();
  assert.match(await trial.locator('[data-trial=journal]').innerText(), /평가/);
  await official.leave();
});

/** A firm's application to a call, and every funder's won in it. */
async function applied(call, tier, cost, solution) {
  const firm = await browser.signIn(tier === 'BASIC' ? 'namdo' : 'dolsan');
  await firm.go(call);
  await firm.submit(firm.page.locator('a[href*="/apply"]').first());
  await apply(firm, { title: `설계한 사업 ${tier}`, tier, equipment: tier === 'ADV' ? ['MetalDetector'] : [], supplier: '604-81-17772', lines: [['MES', cost]], solution });
  await firm.submit(firm.page.locator('main a[href*="/company/applications/"]').first());
  const won = await sharesOn(firm);
  await firm.leave();
  return won;
}

/** The numbers of a simulation's table, row by row. */
function figures(person, table) {
  return person.page.locator(`[data-figures=${table}] tbody tr`).evaluateAll(rows => Object.fromEntries(rows.map(row => [row.dataset.code, [...row.querySelectorAll('td.number')].map(cell => Number(cell.textContent.replace(/\D/g, '')))])));
}

async function ask(hand) {
  const { page } = hand.person;
  await hand.set(page.locator('[name=reason]'), '2025년 식품 사업을 시작합니다.', false);
  await hand.set(page.locator('[name="national.ADV"]'), '2,000,000,000', false);
  await hand.follow(page.locator('main form .actions button'));
}
