import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { apply, sharesByFunder } from './applying.mjs';
import { tick } from './browser.mjs';
import { announce, connected, goTo, saved } from './designing.mjs';
import { Pointer } from './hands.mjs';
import { open } from './opening.mjs';
import { Studio, withoutSizes } from './studio.mjs';

const { product, browser } = await open();

const slug = 'joint-2025';
const definition = `jeonnam-${slug}`;
const name = '2025년 대기업 상생 스마트공장';

let design;

test('An official builds a call with a large firm from an empty programme: other shares in Gokseong, a tier for firms that finished basic, and the centre\'s opinion before the evaluation', async () => {
  const official = await browser.signIn('jeonnam.officer');
  const { page } = official;
  const hand = new Pointer(official);
  await official.go('/t/jeonnam/programmes');
  await hand.follow(page.getByRole('link', { name: '새 사업 시작' }));
  await hand.follow(page.getByRole('link', { name: '빈 사업' }));
  const answers = {
    ko: name, en: 'Joint smart factory 2025', slug,
    'max-BASIC': '100,000,000', 'share-BASIC-LeadFirm': '30', 'share-BASIC-Province': '15', 'share-BASIC-Municipality': '15', 'share-BASIC-Firm': '40',
  };
  for (const [field, answer] of Object.entries(answers)) {
    await hand.set(page.locator(`[name="${field}"]`), answer, false);
  }

  await hand.follow(page.getByRole('button', { name: '초안 만들기' }));
  await connected(official);
  design = new URL(page.url()).pathname;

  await goTo(hand, '사업비 분담(기초)');
  await hand.press(page.getByText('지역별 예외 0곳'));
  const exceptions = page.locator('details', { hasText: '지역별 예외' }).first();
  await hand.choose(exceptions.locator('.designer-add select'), '46720');
  await hand.press(exceptions.getByRole('button', { name: '예외 추가' }));
  await hand.set(page.getByLabel('곡성군 도비 (%)'), '10');
  await hand.set(page.getByLabel('곡성군 시군비 (%)'), '20');

  await goTo(hand, '유형 결정');
  await addTier(hand, 'ADV', { ko: '고도화', en: 'Advanced', most: '400,000,000' });
  await addTier(hand, 'NEXT', { ko: '기초 완료 기업', en: 'After basic', most: '200,000,000' });
  await hand.press(page.getByText('기초 완료 기업의 조건 1개'));
  await hand.press(page.getByRole('button', { name: 'NEXT에 조건 추가' }));
  const condition = page.locator('details', { hasText: '기초 완료 기업의 조건' }).first().locator('.designer-rules > li').nth(1);
  await hand.choose(condition.locator('select').first(), 'firm.completedTiers');
  await hand.choose(condition.locator('.designer-codes select'), 'BASIC');
  await condition.locator('.designer-chip', { hasText: '기초' }).waitFor();

  await goTo(hand, '신청 단계');
  await add(hand, '담당자 확인');
  await hand.set(page.locator('.designer-names input').nth(0), '센터 의견');
  await hand.set(page.locator('.designer-names input').nth(1), 'Centre\'s opinion');
  await hand.choose(page.locator('.designer-inputs').getByLabel('담당', { exact: true }), 'Centre');
  for (const [stage, title] of [['평가 단계'], ['협약 체결'], ['지급 단계'], ['점검 단계'], ['지급 단계', '지급 단계']]) {
    await add(hand, title ?? stage, stage);
  }

  await page.getByText('고칠 곳이 없습니다.').waitFor();
  await saved(official);
  assert.deepEqual(
    await page.locator('.designer-outline ol .designer-entry-title').allInnerTexts(),
    [
      '신청 접수', '자격 심사', '유형 결정', '사업비 분담(기초)', '사업비 분담(고도화)', '사업비 분담(기초 완료 기업)', '신청 단계', '센터 의견', '평가 단계',
      '도비 확약', '시·군비 확약', '주관기업 확약', '협약 체결', '지급 단계', '점검 단계', '지급 단계', '완료',
    ]);
  console.log(`# ${Pointer.name}: the hybrid call from an empty programme took ${hand.clicks} clicks and ${hand.keys} keys`);
  await official.leave();
});

test('The programme so made comes back from Elsa Studio unchanged, passes the checker of the commands, and runs there from the application to the last tranche', async () => {
  const expert = await Studio.open(browser, 'jeonnam.officer', definition, { step: '센터 의견', width: 4200 });
  const before = await expert.exported();
  await expert.choose('시·군비 확약');
  assert.equal((await expert.setDays('45')).status(), 200);
  assert.equal(before.root.activities.find(step => step.id === 'commitMunicipality').withinDays, 30);
  assert.equal((await expert.exported()).root.activities.find(step => step.id === 'commitMunicipality').withinDays, 45);
  assert.equal((await expert.setDays('30')).status(), 200);
  const json = await expert.exported();
  assert.deepEqual(withoutSizes(json), withoutSizes(before), 'designer → Studio → server changed the definition');
  await expert.leave();

  const file = await write('joint-2025.json', json);
  const checked = await product.saas(['workflow', 'validate', file]);
  assert.deepEqual([checked.code, checked.output], [0, '']);

  const input = await write('application.json', { Application: application('46720') });
  const begun = await run([file, '--input', input]);
  assert.deepEqual([begun.status, begun.bookmarks.map(bookmark => bookmark.activityId ?? bookmark.activity)], ['Running', ['application']]);
  const answers = [
    ['application', 'Accepted'], ['humanTask', 'Yes'], ['evaluationStage', 'Selected'], ['commitProvince', 'Committed'], ['commitMunicipality', 'Committed'], ['commitLeadFirm', 'Committed'],
    ['signAgreement', 'Signed'], ['disbursementStage', 'Paid'], ['inspectionStage', 'Passed'], ['disbursementStage2', 'Paid'],
  ];
  const resume = await write('resume.json', answers.map(([activity, outcome]) => ({ activity, input: { outcome, data: {} } })));
  const ended = await run([file, '--input', input, '--resume', resume]);
  assert.deepEqual([ended.status, ended.subStatus, ended.bookmarks], ['Finished', 'Finished', []]);
});

test('After a second person published it, 100 million won are shared 30/15/15/40 in Naju and 30/10/20/40 in Gokseong, and the centre is asked before the evaluators', async () => {
  const official = await browser.signIn('jeonnam.officer');
  await official.go(design.replace('/design', '/publish'));
  await official.submit(official.page.getByRole('button', { name: '검토와 게시 요청하기' }));
  await official.page.getByText('다른 담당자의 검토를 기다립니다').waitFor();

  const approver = await browser.signIn('jeonnam.approver', 'en');
  await approver.go('/inbox');
  await approver.submit(approver.page.locator('main a[href$="/publish"]').first());
  await sendBack(approver, 'Write the call number into the summary.');

  await official.go('/inbox');
  await official.page.getByText('까닭: Write the call number into the summary.').waitFor();
  await official.submit(official.page.getByRole('link', { name: '반려된 사업 초안 고치기' }));
  await official.page.getByText('1판 초안이 반려되었습니다').waitFor();
  await official.page.getByText('Write the call number into the summary.').waitFor();
  await official.submit(official.page.getByRole('button', { name: '검토와 게시 요청하기' }));
  assert.equal(await official.page.getByText('초안이 반려되었습니다').count(), 0);
  await official.go(design.replace('/design', '/history'));
  await official.page.getByRole('table', { name: '반려한 초안' }).getByText('Write the call number into the summary.').waitFor();

  await approver.go('/inbox');
  await approver.submit(approver.page.locator('main a[href$="/publish"]').first());
  await approver.page.locator('[name=reason]').fill('A call together with a large firm for 2025.');
  await approver.submit(approver.page.locator('main form:has([name=reason]) .actions button'));
  assert.match(new URL(approver.page.url()).search, /done=1/, await approver.page.locator('main').innerText());
  await approver.leave();

  const call = await announce(new Pointer(official), design.replace('/design', ''), { number: '2025-11' });
  await official.leave();

  const naju = await browser.signIn('namdo');
  await send(naju, call, { title: '나주 상생 공장', tier: 'BASIC' });
  assert.deepEqual(await shares(naju), { leadfirm: 30_000_000, province: 15_000_000, municipality: 15_000_000, firm: 40_000_000 });
  await naju.leave();

  const gokseong = await browser.signIn('seomjin', 'en');
  await send(gokseong, call, { title: 'Joint factory in Gokseong', tier: 'BASIC' });
  assert.deepEqual(await shares(gokseong), { leadfirm: 30_000_000, province: 10_000_000, municipality: 20_000_000, firm: 40_000_000 });
  await gokseong.leave();

  const newcomer = await browser.signIn('baewon');
  await send(newcomer, call, { title: '기초를 거치지 않은 공장', tier: 'NEXT' });
  assert.match(await newcomer.page.locator('.error-summary').innerText(), /기초/);
  await newcomer.leave();

  const centre = await browser.signIn('centre.jnm');
  await centre.go('/inbox');
  await centre.reloadUntil(centre.page.locator('#list').getByText('센터 의견').first());
  await centre.go('/centre/tasks');
  const task = centre.page.locator('article.task', { hasText: '남도식품' });
  await task.getByRole('heading', { name: '센터 의견' }).waitFor();
  await tick(task.locator('input[value=Yes]'));
  await centre.submit(task.locator('.actions button'));
  await centre.page.getByText('답을 저장했습니다').waitFor();
  await centre.leave();

  const evaluators = await Promise.all(['evaluator1', 'evaluator2'].map(user => browser.signIn(user)));
  await assigned(evaluators, '나주 상생 공장');
  for (const evaluator of evaluators) {
    assert.equal(await evaluator.page.getByText('Joint factory in Gokseong').count(), 0, 'the centre has not answered on Gokseong yet');
    await evaluator.leave();
  }
});

/** Puts a step after the one that is chosen, and stands on it. */
async function add(hand, title, type) {
  const { page } = hand.person;
  const adding = page.locator('.designer-step .designer-flow');
  if (type) {
    await hand.choose(adding.getByLabel('넣을 단계'), { label: type });
  }

  const steps = await page.locator('.designer-entry').count();
  await hand.press(adding.getByRole('button', { name: '넣기', exact: true }));
  await page.waitForFunction(before => document.querySelectorAll('.designer-entry').length > before, steps);
  await page.locator('#designer-step-title', { hasText: title }).waitFor();
}

async function addTier(hand, code, { ko, en, most }) {
  const { page } = hand.person;
  const adding = page.locator('.designer-add', { hasText: '본뜰 유형' });
  await hand.set(adding.getByLabel('코드'), code);
  await hand.press(adding.getByRole('button', { name: '유형 넣기' }));
  await hand.set(page.getByLabel(`${code} 이름(한국어)`), ko);
  await hand.set(page.getByLabel(`${code} 이름(영어)`), en);
  await hand.set(page.getByLabel(`${code} 총사업비 상한(원)`), most);
}

async function send(firm, call, { title, tier }) {
  await firm.go(call);
  await firm.submit(firm.page.locator('a[href*="/apply"]').first());
  await apply(firm, { title, tier, supplier: '604-81-17772', lines: [['MES', 100_000_000]] });
}

/** From the receipt to the case, and every funder's won there. */
async function shares(firm) {
  await firm.submit(firm.page.locator('main a[href*="/company/applications/"]').first());
  return sharesByFunder(firm);
}

/** Waits until one of them has the case. */
async function assigned(evaluators, title) {
  const end = Date.now() + 30_000;
  for (let found = 0; found === 0;) {
    assert.ok(Date.now() < end, `nobody was given ${title}`);
    for (const evaluator of evaluators) {
      await evaluator.go('/assess');
      found += await evaluator.page.getByText(title).count();
    }
  }
}

async function write(file, json) {
  const address = path.join(product.data, file);
  await writeFile(address, JSON.stringify(json));
  return address;
}

async function run(words) {
  const { code, output } = await product.saas(['workflow', 'run', ...words]);
  assert.equal(code, 0, output);
  return JSON.parse(output);
}

/** What a firm of this municipality sends: 100 million won, the basic tier. */
function application(municipality) {
  return {
    receiptNumber: '', submittedAt: '2025-03-04T00:00:00Z', totalCost: 100_000_000, requestedTier: 'BASIC', solution: 'MES', equipment: [],
    firm: {
      id: 'example', businessNumber: '124-81-00998', ko: '예시식품', en: 'Example Food', employees: 42, revenue: 9_000_000_000, averageSales: 8_000_000_000,
      assets: 12_000_000_000, independent: true, ksic: 'C10', level: 0, taxArrears: false, banned: false, completedTiers: [],
    },
    facility: { id: 'f', name: '제1공장', region: '46', municipality },
    supplier: { id: 's', businessNumber: '120-81-47521', ko: '예시공급', registered: true },
    leadFirm: { id: 'l', tenant: 'lg' },
  };
}

/** With the keyboard alone, and first without the reason that it needs. */
async function sendBack(approver, reason) {
  const { page } = approver;
  const summary = page.getByText('Send it back instead of publishing');
  await summary.focus();
  await page.keyboard.press('Enter');
  const send = page.getByRole('button', { name: 'Send the draft back' });
  await Promise.all([page.waitForEvent('load'), send.press('Enter')]);
  await page.locator('.error-summary').getByText('Say why it is sent back.').waitFor();
  assert.equal(await page.locator('[name="send-back"]').getAttribute('aria-invalid'), 'true', 'the field itself says that it is wrong');
  await approver.checkAccessibility();
  await approver.checkPhone();
  await page.locator('[name="send-back"]').fill(reason);
  await Promise.all([page.waitForEvent('load'), send.press('Enter')]);
  await page.getByText('The draft of version 1 was sent back').waitFor();
  await approver.checkAccessibility();
}
