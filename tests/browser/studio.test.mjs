import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { apply, openCall } from './applying.mjs';
import { Browser } from './browser.mjs';
import { Product } from './product.mjs';

const definition = 'jeonnam-food-2025';
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

test('Elsa Studio lists a tenant\'s definitions, and only that tenant\'s', async () => {
  const officer = await browser.signIn('jeonnam.officer');
  await officer.page.goto('/t/jeonnam/studio');
  await officer.page.locator('elsa-workflow-definition-list').getByText(definition).waitFor();
  assert.equal(await officer.page.getByText('gyeongnam', { exact: false }).count(), 0);
  assert.equal((await officer.page.goto('/t/gyeongnam/studio')).status(), 404);
  assert.equal((await officer.page.goto('/t/jeonnam/studio/gyeongnam-basic')).status(), 404);
  await officer.leave();
});

test('An expert changes a programme in Elsa Studio, is refused shares of 105 %, and a second person publishes', async () => {
  const officer = await openStudio('jeonnam.officer');
  for (const category of ['사업 설계', '국가 공통 단계', '사람이 하는 일']) {
    await officer.page.getByText(category, { exact: true }).first().waitFor();
  }

  const before = await exported(officer);
  await choose(officer, '시·군비 확약');
  assert.equal((await setDays(officer, '45')).status(), 200);
  assert.equal((await setDays(officer, '30')).status(), 200);
  assert.deepEqual(withoutSizes(await exported(officer)), withoutSizes(before), 'Studio → server → Studio changed the definition');

  assert.equal((await setDays(officer, '60')).status(), 200);
  await choose(officer, '사업비 분담(기초)');
  const refused = await setFirmShare(officer, 4_500);
  assert.equal(refused.status(), 400);
  await officer.page.getByText('분담 비율의 합이 105 %입니다. 100 %여야 합니다.').waitFor();
  await officer.leave();

  const again = await openStudio('jeonnam.officer');
  assert.equal((await publish(again)).status(), 400);
  await again.page.getByText('다른 담당자가 게시해야 합니다').waitFor();
  await again.leave();

  const approver = await openStudio('jeonnam.approver');
  assert.equal((await publish(approver)).status(), 400);
  await approver.page.getByText('KOSMO)에 승인을 요청했습니다').waitFor();
  await approver.leave();

  const kosmo = await browser.signIn('kosmo.officer');
  await kosmo.page.goto('/oversight/publications');
  await kosmo.page.locator('#list tbody a').first().click();
  await kosmo.page.locator('input[name="approve"][value="true"]').check({ force: true });
  await kosmo.submit(kosmo.page.locator('main form button[type="submit"]').last());
  await kosmo.page.getByText('게시됨').waitFor();
  await kosmo.leave();

  const after = await openStudio('jeonnam.officer');
  const version = await after.page.evaluate(id => fetch(`/elsa/api/workflow-definitions/by-definition-id/${id}?versionOptions=Latest`).then(answer => answer.json()), definition);
  assert.deepEqual([version.version, version.isPublished], [2, true]);
  assert.equal(step(await exported(after), 'commitMunicipality').withinDays, 60);
  await after.leave();
});

test('Support staff see a running case in Elsa Studio with its journal and the badges on its steps', async () => {
  const firm = await browser.signIn('namdo');
  await openCall(firm, 'jeonnam', /식품/);
  await firm.submit(firm.page.locator('a[href*="/apply"]').first());
  await apply(firm, { title: '스튜디오에서 볼 사업', tier: 'BASIC', supplier: '604-81-17772', lines: [['MES', 60_000_000]] });
  await firm.leave();

  const officer = await browser.signIn('jeonnam.officer');
  await officer.page.goto('/t/jeonnam/studio/instances');
  await officer.page.locator('.studio-links a').first().click();
  const viewer = officer.page.locator('elsa-workflow-instance-viewer');
  await viewer.getByText('자격 심사').first().waitFor();
  for (const event of ['Started', 'Completed', 'Suspended']) {
    await viewer.getByText(event).first().waitFor();
  }
  const report = await officer.page.evaluate(async () => {
    const instance = location.pathname.split('/').at(-1);
    const answer = await fetch('/elsa/api/activity-executions/report', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ workflowInstanceId: instance, activityNodeIds: [] }),
    });
    return answer.json();
  });
  assert.deepEqual(report.stats.find(stat => stat.activityId === 'check').completedCount, 1);
  await viewer.locator('#activity-check .mud-badge').filter({ hasText: '1' }).waitFor({ state: 'attached' });
  await officer.leave();
});

async function openStudio(user) {
  const person = await browser.signIn(user);
  // The whole flow fits on a canvas of this width: what is off it cannot be clicked.
  await person.page.setViewportSize({ width: 3400, height: 1200 });
  await person.page.goto(`/t/jeonnam/studio/${definition}`);
  await person.page.locator('.activity-label').getByText('도비 확약').waitFor();
  await person.page.locator('.mud-tooltip-root > button.mud-icon-button:visible').first().click();
  return person;
}

async function choose(person, words) {
  await person.page.locator('.activity-label').getByText(words, { exact: true }).click();
}

function saved(person) {
  return person.page.waitForResponse(answer => answer.request().method() === 'POST' && answer.url().endsWith('/workflow-definitions'));
}

async function setDays(person, days) {
  const input = person.page.locator('.mud-input-control', { hasText: '기한(일)' }).locator('input').first();
  await input.fill(days);
  const [answer] = await Promise.all([saved(person), input.press('Tab')]);
  return answer;
}

// The editor of the share table is Monaco: its text is set as a paste would.
async function setFirmShare(person, basisPoints) {
  await person.page.waitForFunction(() => globalThis.monaco?.editor.getEditors().some(editor => editor.getValue().includes('"Municipality"')));
  const [answer] = await Promise.all([saved(person), person.page.evaluate(points => {
    const editor = monaco.editor.getEditors().find(candidate => candidate.getValue().includes('"Municipality"'));
    const shares = JSON.parse(editor.getValue());
    const firm = shares.find(share => share.funder === 'Firm');
    [firm.targetBp, firm.maxBp] = [points, points];
    editor.focus();
    editor.setValue(JSON.stringify(shares, null, 2));
    document.activeElement.blur();
  }, basisPoints)]);
  return answer;
}

async function publish(person) {
  const [answer] = await Promise.all([saved(person), person.page.locator('.mud-tooltip-root > button.mud-primary-text:visible').first().click()]);
  return answer;
}

async function exported(person) {
  return person.page.evaluate(id => fetch(`/elsa/api/workflow-definitions/${id}/export?versionOptions=Latest`).then(answer => answer.json()), definition);
}

function step(json, id) {
  return json.root.activities.find(activity => activity.id === id);
}

// How large a step is drawn is Studio's own affair.
function withoutSizes(json) {
  return JSON.parse(JSON.stringify(json, (key, value) => (key === 'size' ? undefined : value)));
}
