import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, openCall } from './applying.mjs';
import { tick } from './browser.mjs';
import { open } from './opening.mjs';
import { Studio, withoutSizes } from './studio.mjs';

const { browser } = await open();

const definition = 'jeonnam-food-2025';

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
  const officer = await Studio.open(browser, 'jeonnam.officer', definition);
  for (const category of ['사업 설계', '국가 공통 단계', '사람이 하는 일']) {
    await officer.person.page.getByText(category, { exact: true }).first().waitFor();
  }

  const before = await officer.exported();
  await officer.choose('시·군비 확약');
  assert.equal((await officer.setDays('45')).status(), 200);
  assert.equal((await officer.setDays('30')).status(), 200);
  assert.deepEqual(withoutSizes(await officer.exported()), withoutSizes(before), 'Studio → server → Studio changed the definition');

  assert.equal((await officer.setDays('60')).status(), 200);
  await officer.choose('사업비 분담(기초)');
  const refused = await setFirmShare(officer, 4_500);
  assert.equal(refused.status(), 400);
  await officer.person.page.getByText('분담 비율의 합이 105 %입니다. 100 %여야 합니다.').waitFor();
  await officer.leave();

  const again = await Studio.open(browser, 'jeonnam.officer', definition);
  assert.equal((await publish(again)).status(), 400);
  await again.person.page.getByText('다른 담당자가 게시해야 합니다').waitFor();
  await again.leave();

  const approver = await Studio.open(browser, 'jeonnam.approver', definition);
  assert.equal((await publish(approver)).status(), 400);
  await approver.person.page.getByText('KOSMO)에 승인을 요청했습니다').waitFor();
  await approver.leave();

  const kosmo = await browser.signIn('kosmo.officer');
  await kosmo.page.goto('/oversight/publications');
  await kosmo.page.locator('#list tbody a').first().click();
  await tick(kosmo.page.locator('input[name="approve"][value="true"]'));
  await kosmo.submit(kosmo.page.locator('main form button[type="submit"]').last());
  await kosmo.page.getByText('게시됨').waitFor();
  await kosmo.leave();

  const after = await Studio.open(browser, 'jeonnam.officer', definition);
  const version = await after.person.page.evaluate(id => fetch(`/elsa/api/workflow-definitions/by-definition-id/${id}?versionOptions=Latest`).then(answer => answer.json()), definition);
  assert.deepEqual([version.version, version.isPublished], [2, true]);
  assert.equal(step(await after.exported(), 'commitMunicipality').withinDays, 60);
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

// The editor of the share table is Monaco: its text is set as a paste would.
async function setFirmShare(studio, basisPoints) {
  const { page } = studio.person;
  await page.waitForFunction(() => globalThis.monaco?.editor.getEditors().some(editor => editor.getValue().includes('"Municipality"')));
  const [answer] = await Promise.all([studio.saved(), page.evaluate(points => {
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

async function publish(studio) {
  const [answer] = await Promise.all([studio.saved(), studio.person.page.locator('.mud-tooltip-root > button.mud-primary-text:visible').first().click()]);
  return answer;
}

function step(json, id) {
  return json.root.activities.find(activity => activity.id === id);
}
