import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, keep, sharesByFunder } from './applying.mjs';
import { tick } from './browser.mjs';
import { announce, connected, goTo, saved } from './designing.mjs';
import { Pointer } from './hands.mjs';
import { open } from './opening.mjs';

const { browser } = await open();

const name = '2025년 전남 기초 스마트공장';
const agreed = { province: 30_000_000, municipality: 30_000_000, firm: 40_000_000 };
const corrected = { province: 25_000_000, municipality: 25_000_000, firm: 50_000_000 };

let call;

test('Shares that get worse on the tenth day of a call are refused, then stand as KOSMO\'s exception: what was sent stays, what was begun waits for the firm, what is new follows them', async () => {
  const official = await browser.signIn('jeonnam.officer');
  const hand = new Pointer(official);
  const programme = await begin(hand);
  await publish(await browser.signIn('jeonnam.approver'), programme, { reason: '2025년 기초 사업을 시작합니다.' });
  call = await announce(hand, programme, { number: '2025-12', opensAt: '2025-02-23T09:00', closesAt: '2025-03-14T18:00' });

  const sent = [];
  for (const user of ['namdo', 'baewon']) {
    sent.push(await send(user, call));
  }

  const begun = [];
  for (const user of ['dolsan', 'seomjin']) {
    begun.push(await leave(user, call));
  }

  await official.go(`${programme}/design`);
  await connected(official);
  await goTo(hand, '사업비 분담(기초)');
  for (const [funder, percent] of [['도비', '25'], ['시군비', '25'], ['도입기업', '50']]) {
    await hand.set(official.page.getByLabel(`${funder} 비율(%)`), percent);
  }

  await official.page.getByText('고칠 곳이 없습니다.').waitFor();
  await saved(official);

  const approver = await browser.signIn('jeonnam.approver');
  await approver.go(`${programme}/publish`);
  await approver.page.getByText('신청 2건은 1판을 그대로 따르고, 작성 중인 신청서 2건은 바뀐 조건을 다시 확인해야 합니다.').waitFor();
  await ask(approver, { reason: '도 예산이 줄었습니다.' });
  assert.match(await approver.page.locator('.error-summary').innerText(), /접수 중인 공고의 조건은 기업에 불리하게 바꿀 수 없습니다.*공고를 취소하고 다시 내거나/s);
  await ask(approver, { reason: '도 예산이 줄었습니다.', closesAt: '2025-03-14T18:00' });
  assert.match(await approver.page.locator('.error-summary').innerText(), /14일 이상 접수해야 합니다/);
  await ask(approver, { reason: '도 예산이 줄었습니다.', closesAt: '2025-03-31T18:00' });
  await approver.page.getByText('KOSMO의 승인을 기다립니다').first().waitFor();
  assert.deepEqual(await sharesIn(sent[0]), agreed, 'nothing changes before KOSMO has decided');

  const kosmo = await browser.signIn('kosmo.approver', 'en');
  await kosmo.go('/oversight/publications');
  await kosmo.submit(kosmo.page.locator('main tbody a').first());
  await kosmo.page.locator('label[for=approve-0]').click();
  await kosmo.page.locator('[name=reason]').fill('The province lost part of its budget.');
  await kosmo.submit(kosmo.page.locator('main form:has([name=approve]) .actions button'));
  await kosmo.leave();

  await official.go(call);
  const notice = official.page.locator('article', { hasText: '정정' }).first();
  assert.match(await notice.innerText(), /도 예산이 줄었습니다\.[^]*2025\. 3\. 14\.[^]*2025\. 3\. 31\./);
  assert.match(await notice.innerText(), /30\s?%[^]*25\s?%/);
  assert.match(await notice.innerText(), /40\s?%[^]*50\s?%/);

  for (const file of sent) {
    assert.deepEqual(await sharesIn(file), agreed);
    assert.equal(await versionIn(file), file.version);
  }

  const [draft, waiting] = begun;
  await draft.person.go('/company/applications');
  const left = draft.person.page.locator('section[aria-labelledby=drafts] li', { hasText: name });
  await left.getByText('조건 변경 확인 필요').waitFor();
  await draft.person.submit(left.getByRole('link'));
  await draft.person.page.getByText('도 예산이 줄었습니다.').waitFor();
  assert.equal(await draft.person.page.locator('[name=title]').isDisabled(), true);
  assert.equal(await draft.person.page.locator('button[name=action][value=submit]').isDisabled(), true);
  assert.equal(await draft.person.page.locator('[name=title]').inputValue(), draft.title);
  assert.deepEqual(await sharesByFunder(draft.person), corrected);
  await draft.person.submit(draft.person.page.getByRole('button', { name: '바뀐 조건을 확인했습니다' }));
  await draft.person.submit(draft.person.page.locator('button[name=action][value=submit]'));
  assert.deepEqual(await sharesOfReceipt(draft.person), corrected);
  await draft.person.go('/company/applications');
  assert.equal(await draft.person.page.locator('#drafts').count(), 0);

  await waiting.person.go(`${call.replace('/calls/', '/company/calls/')}/apply`);
  await waiting.person.page.getByRole('button', { name: '바뀐 조건을 확인했습니다' }).waitFor();

  const fresh = await send('mokpo', call);
  assert.deepEqual(await sharesIn(fresh), corrected);
  assert.notEqual(fresh.version, sent[0].version);

  await official.go(`${programme}/history`);
  assert.match(await official.page.locator('main').innerText(), /도 예산이 줄었습니다/);
  for (const person of [official, approver, draft.person, waiting.person, fresh.person, ...sent.map(file => file.person)]) {
    await person.leave();
  }
});

test('The call is cancelled by an approver and announced again: what ran in it ends with a reason, and firms go on with what they had written', async () => {
  const approver = await browser.signIn('jeonnam.approver');
  await approver.go('/t/jeonnam');
  await approver.submit(approver.page.locator('tr', { hasText: '2025-12' }).getByRole('link', { name: '공고 취소' }));
  assert.match(await approver.page.locator('main').innerText(), /함께 끝나는 신청\s+4건\s+작성 중인 신청서\s+1건/);
  await approver.page.locator('[name=reason]').fill('도의회가 예산을 다시 정하기로 했습니다.');
  await approver.submit(approver.page.getByRole('button', { name: '공고 취소하기' }));
  await approver.page.getByText('취소된 공고입니다').waitFor();
  assert.match(await approver.page.locator('article', { hasText: '취소공고' }).innerText(), /도의회가 예산을 다시 정하기로 했습니다\./);
  await approver.leave();

  const official = await browser.signIn('jeonnam.officer');
  await official.go('/t/jeonnam');
  await official.submit(official.page.locator('tr', { hasText: '2025-12' }).getByRole('link', { name: '다시 공고' }));
  await official.page.locator('[name=number]').fill('2025-13');
  await official.page.locator('[name=opensAt]').fill('2025-02-23T09:00');
  await official.page.locator('[name=closesAt]').fill('2025-04-14T18:00');
  await official.submit(official.page.locator('main form .actions button'));
  const again = new URL(official.page.url()).pathname;
  assert.match(again, /^\/calls\//, await official.page.locator('main').innerText());
  await official.leave();

  const sender = await browser.signIn('namdo');
  await sender.go('/company/applications');
  await sender.reloadUntil(sender.page.locator('tr', { hasText: wishes('namdo').title }).getByText('공고 취소'));
  await sender.submit(sender.page.getByRole('link', { name: wishes('namdo').title }));
  await sender.submit(sender.page.locator('main .notice').getByRole('link', { name }));
  await sender.submit(sender.page.getByRole('link', { name: '2025-13' }));
  await goOn(sender, wishes('namdo').title);
  assert.deepEqual(await sharesOfReceipt(sender), corrected);
  await sender.leave();

  const keeper = await browser.signIn('seomjin');
  await keeper.go(again);
  await goOn(keeper, wishes('seomjin').title);
  assert.deepEqual(await sharesOfReceipt(keeper), corrected);
  await keeper.leave();
});

/** From the page of a call to the receipt, with what the firm had written for the call before. */
async function goOn(person, title) {
  await person.submit(person.page.locator('a[href*="/apply"]').first());
  await person.page.getByText('취소된 공고에 쓰신 내용을 가져왔습니다').waitFor();
  assert.equal(await person.page.locator('[name=title]').inputValue(), title);
  await person.submit(person.page.locator('button[name=action][value=submit]'));
}

/** From the template of a local basic programme to a draft; the programme's address. */
async function begin(hand) {
  const { page } = hand.person;
  await hand.person.go('/t/jeonnam/programmes');
  await hand.follow(page.getByRole('link', { name: '새 사업 시작' }));
  await hand.follow(page.getByRole('link', { name: '지역 기초형 스마트공장' }));
  await hand.set(page.locator('[name=ko]'), name, false);
  await hand.set(page.locator('[name=en]'), 'Jeonnam basic 2025', false);
  await hand.follow(page.getByRole('button', { name: '초안 만들기' }));
  await connected(hand.person);
  return new URL(page.url()).pathname.replace('/design', '');
}

async function publish(approver, programme, words) {
  await approver.go(`${programme}/publish`);
  await ask(approver, words);
  assert.match(new URL(approver.page.url()).search, /done=1/, await approver.page.locator('main').innerText());
  await approver.leave();
}

/** Sends the form of the page that publishes, with the exception where an end of the call is named. */
async function ask(approver, { reason, closesAt }) {
  const { page } = approver;
  await page.locator('[name=reason]').fill(reason);
  if (closesAt) {
    await tick(page.locator('[name=exception]'));
    await page.locator('[name="exception.closesAt"]').fill(closesAt);
  }

  await approver.submit(page.locator('main form:has([name=reason]) .actions button'));
}

/** A firm sends an application of 100 million won; who it is, its case, and the version that decides it. */
async function send(user, call) {
  const person = await browser.signIn(user);
  await person.go(call);
  await person.submit(person.page.locator('a[href*="/apply"]').first());
  await apply(person, wishes(user));
  assert.match(person.page.url(), /\/receipt$/, await person.page.locator('main').innerText());
  const file = { person, case: new URL(person.page.url()).pathname.replace('/receipt', '') };
  file.version = await versionIn(file);
  return file;
}

/** A firm fills in an application and keeps it for later. */
async function leave(user, call) {
  const person = await browser.signIn(user);
  await person.go(call);
  await person.submit(person.page.locator('a[href*="/apply"]').first());
  await keep(person, wishes(user));
  await person.page.getByText('임시 저장했습니다').waitFor();
  return { person, title: wishes(user).title };
}

function wishes(user) {
  return { title: `${user}의 생산관리`, supplier: '604-81-17772', lines: [['MES', 100_000_000]] };
}

async function sharesIn({ person, case: address }) {
  await person.go(address);
  return sharesByFunder(person);
}

async function sharesOfReceipt(person) {
  assert.match(person.page.url(), /\/receipt$/, await person.page.locator('main').innerText());
  await person.submit(person.page.locator('main a[href*="/company/applications/"]').first());
  return sharesByFunder(person);
}

/** The number and the hash of the version that decides a case, as its receipt says. */
async function versionIn({ person, case: address }) {
  await person.go(`${address}/receipt`);
  return person.page.locator('main code').filter({ hasText: /^[0-9a-f]{12,}$/ }).first().innerText();
}
