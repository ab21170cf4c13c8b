import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply } from './applying.mjs';
import { tick } from './browser.mjs';
import { announce, connected, goTo, saved } from './designing.mjs';
import { Pointer } from './hands.mjs';
import { open } from './opening.mjs';

const { product, browser } = await open({ durable: true });

const name = '2025년 고도화 공장 열 곳';

/** Who applies, for what, and what the evaluators give it: by rank. */
const round = [
  ['namdo', 'MES', 95], ['baewon', 'MES', 92], ['dolsan', 'MES', 89], ['seomjin', 'MES', 86], ['namdo', 'ERP', 83],
  ['baewon', 'ERP', 80], ['dolsan', 'ERP', 77], ['seomjin', 'ERP', 74], ['namdo', 'SCM', 71],
];

test('Jeonnam asks for central money for ten advanced projects and is granted it for six: the seventh by rank waits for central money, and a later grant promotes two', async () => {
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
  await goTo(hand, '평가 단계');
  await hand.choose(page.getByLabel('선정 방식'), 'AfterClosing');
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
  await kosmo.leave();

  await applyAll(call);
  await judgeAll();
  await official.go('/t/jeonnam/ranking');
  await official.reloadUntil(page.locator('tbody tr').nth(round.length - 1), 60);
  assert.deepEqual(await ranking(official), Array(round.length).fill('평가 통과'), 'nobody is selected while the call is open');
  await official.leave();

  // The call closes on 31 March at 18:00.
  await product.restart(undefined, '2025-03-31T09:00:01Z');
  const later = await browser.signIn('jeonnam.officer');
  await later.go('/t/jeonnam/ranking');
  await later.reloadUntil(later.page.getByText('예비 3번'), 60);
  assert.deepEqual(await ranking(later), [...Array(6).fill('선정'), '예비 1번 CENTRAL', '예비 2번 CENTRAL', '예비 3번 CENTRAL']);

  const waiting = await browser.signIn('dolsan');
  await waiting.go('/company/applications');
  await waiting.submit(waiting.page.getByRole('link', { name: 'dolsan ERP' }));
  assert.match(await waiting.page.locator('main').innerText(), /예비 1번.*순위 7위.*국비 부족/s);

  const granting = await browser.signIn('kosmo.approver');
  await granting.go('/oversight/grants');
  const grant = granting.page.locator('article', { hasText: name });
  assert.deepEqual(
    await grant.locator('tbody tr [data-title="여기까지 더 필요한 국비"] .money-figures').allInnerTexts().then(all => all.map(text => Number(text.replace(/\D/g, '')))),
    [200_000_000, 400_000_000, 600_000_000], 'what a further grant would do is said where it is decided');
  assert.equal(await grant.locator('form input.field-number').inputValue(), '800,000,000', 'what is still missing is there already');
  await grant.locator('form input.field-number').fill('400,000,000');
  await granting.submit(grant.locator('form button[type=submit]'));
  assert.match(await grant.locator('.notice').innerText(), /국비 400,000,000원을 배정할까요/, 'the sum is read back before anything is granted');
  await granting.submit(grant.getByRole('button', { name: '배정하기' }));
  await granting.leave();

  await later.go(call);
  assert.deepEqual(await places(later), { BASIC: null, ADV: 8 });
  await later.go('/t/jeonnam/ranking');
  await later.reloadUntil(later.page.getByText('예비에서 선정').nth(1), 60);
  assert.deepEqual(await ranking(later), [...Array(6).fill('선정'), '예비에서 선정', '예비에서 선정', '예비 1번 CENTRAL']);
  await later.leave();

  await waiting.page.reload();
  assert.match(await waiting.page.locator('main').innerText(), /예비에서 선정/);
  await waiting.go('/inbox');
  await waiting.page.getByText('예비에서 선정: 다음 단계 확인하기').waitFor();
  await waiting.leave();
});

async function applyAll(call) {
  for (const firm of new Set(round.map(([user]) => user))) {
    const person = await browser.signIn(firm);
    for (const [, solution] of round.filter(([user]) => user === firm)) {
      await person.go(call);
      await person.submit(person.page.locator('a[href$="/apply"]').first());
      await apply(person, { title: `${firm} ${solution}`, tier: 'ADV', equipment: ['MetalDetector'], supplier: '604-81-17772', lines: [['설비', 250_000_000], ['솔루션', 150_000_000]], solution });
      assert.match(person.page.url(), /\/receipt$/, await person.page.locator('main').innerText());
    }
    await person.leave();
  }
}

/** The evaluators judge whatever was given to them, criterion by criterion from the top, until all applications are judged. */
async function judgeAll() {
  const evaluators = [await browser.signIn('evaluator1'), await browser.signIn('evaluator2')];
  const judged = new Set();
  const end = Date.now() + 300_000;
  while (judged.size < round.length) {
    assert.ok(Date.now() < end, `only ${[...judged]} were given to the evaluators`);
    for (const evaluator of evaluators) {
      await evaluator.go('/assess');
      for (const [firm, solution, points] of round) {
        const title = `${firm} ${solution}`;
        const link = evaluator.page.locator('a[href^="/assess/reviews/"]').filter({ hasText: title });
        if (!judged.has(title) && await link.count() > 0) {
          await evaluator.submit(link.first());
          await judge(evaluator, points);
          judged.add(title);
          await evaluator.go('/assess');
        }
      }
    }
  }
  for (const evaluator of evaluators) {
    await evaluator.leave();
  }
}

async function judge(evaluator, points) {
  const form = evaluator.page.locator('form:has([name=hasConflict])');
  await tick(form.locator('[name=hasConflict][value=false]'));
  let left = points;
  for (const field of await form.locator('[name^="scores."]').all()) {
    const given = Math.min(left, Number(await field.getAttribute('max')));
    await field.fill(String(given));
    left -= given;
  }
  await form.locator('[name=comment]').fill('점수는 심사표에 따랐습니다.');
  await evaluator.submit(form.locator('button[type=submit]'));
}

/** The ranking, best first: the result and, for whom it waits, the code of the reason. */
function ranking(person) {
  return person.page.locator('tbody tr').evaluateAll(rows => rows.map(row => [
    row.querySelector('[data-title="결과"] .status').lastChild.textContent.trim(), ...[...row.querySelectorAll('[data-title="기다리는 까닭"] code')].map(code => code.textContent.trim()),
  ].join(' ')));
}

/** How many projects each tier of the call's page takes; null where it names no number. */
async function places(person) {
  const rows = await person.page.locator('tbody tr', { has: person.page.locator('[data-title="선정 규모"]') }).evaluateAll(all => all.map(row => row.querySelector('[data-title="선정 규모"]').textContent.trim()));
  return Object.fromEntries(['BASIC', 'ADV'].map((tier, index) => [tier, /\d/.test(rows[index]) ? Number(rows[index].replace(/\D/g, '')) : null]));
}
