import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, openCall } from './applying.mjs';
import { tick } from './browser.mjs';
import { open } from './opening.mjs';

const { browser } = await open();

test('An advanced project in Naju is walked from the call to the last tranche, each role in its own sign-in', async () => {
  const walk = new Walk('ko', {
    title: '김치 이물 검사 자동화',
    firm: 'namdo',
    municipality: 'naju',
    supplier: { user: 'narae', number: '604-81-17772' },
    call: /식품/,
    completed: '완료',
  });
  const lines = [['이물 검출기', 250_000_000], ['솔루션', 150_000_000]];

  await walk.beRefusedUntilTheNationalShareIsGranted(lines);
  await walk.toTheLastTranche();

  assert.deepEqual(await walk.paid(), [200_000_000, 60_000_000, 60_000_000, 80_000_000]);
});

test('The same way in English, with an odd total, is divided to the won', async () => {
  const walk = new Walk('en', {
    title: 'Metal detection for mustard kimchi',
    firm: 'dolsan',
    municipality: 'yeosu',
    supplier: { user: 'mirae', number: '604-81-18510' },
    call: /food/i,
    completed: 'Completed',
  });

  await walk.beAccepted([['Metal detector', 345_678_000]]);
  await walk.toTheLastTranche();

  assert.deepEqual(await walk.paid(), [172_839_000, 51_851_000, 51_851_000, 69_137_000]);
});

/** One case and its people. Every step is done on the page where that person does it. */
class Walk {
  #people = new Map();
  #done = new Set();

  constructor(language, plan) {
    this.language = language;
    this.plan = plan;
  }

  async as(user) {
    if (!this.#people.has(user)) {
      this.#people.set(user, await browser.signIn(user, this.language));
    }
    return this.#people.get(user);
  }

  async beRefusedUntilTheNationalShareIsGranted(lines) {
    const firm = await this.#send(lines);
    assert.equal(await firm.page.locator('.error-summary').count(), 1, 'nothing was refused');
    const kosmo = await this.as('kosmo.officer');
    await kosmo.go('/oversight/grants');
    const grant = kosmo.page.locator('article').filter({ hasText: '고도화' }).filter({ hasText: '전라남도' });
    await kosmo.submit(grant.locator('form button[type=submit]'));
    await kosmo.submit(grant.getByRole('button', { name: '배정하기' }));
    await this.beAccepted(lines);
  }

  async beAccepted(lines) {
    const firm = await this.#send(lines);
    const address = new URL(firm.page.url()).pathname;
    assert.match(address, /\/receipt$/, await firm.page.locator('main').innerText());
    this.id = address.split('/')[3];
  }

  async #send(lines) {
    const firm = await this.as(this.plan.firm);
    await openCall(firm, 'jeonnam', this.plan.call);
    await firm.submit(firm.page.locator('a[href$="/apply"]').first());
    await apply(firm, { title: this.plan.title, tier: 'ADV', equipment: ['MetalDetector'], supplier: this.plan.supplier.number, lines });
    return firm;
  }

  async toTheLastTranche() {
    await this.evaluate();
    await this.commit('jeonnam.officer');
    await this.commit(`${this.plan.municipality}.officer`);
    await this.sign(this.plan.firm, `/company/applications/${this.id}`);
    await this.sign(this.plan.supplier.user, `/supplier/applications/${this.id}`);
    await this.sign('jeonnam.officer', `/t/jeonnam/applications/${this.id}`);
    for (const tranche of [1, 2, 3]) {
      await this.pay();
      if (tranche < 3) {
        await this.inspect();
      }
    }
    const firm = await this.as(this.plan.firm);
    await firm.go(`/company/applications/${this.id}`);
    await firm.reloadUntil(firm.page.locator('main header, main').first().getByText(this.plan.completed, { exact: true }), 60);
  }

  async evaluate() {
    const [evaluator] = await this.#whoever(['evaluator1', 'evaluator2'], '/assess/reviews/');
    const form = evaluator.page.locator('form:has([name=hasConflict])');
    await tick(form.locator('[name=hasConflict][value=false]'));
    for (const field of await form.locator('[name^="scores."]').all()) {
      await field.fill(String(Number(await field.getAttribute('max')) - 2));
    }
    await form.locator('[name=comment]').fill('구축계획이 구체적입니다.');
    await evaluator.submit(form.locator('button[type=submit]'));
  }

  async inspect() {
    const [inspector] = await this.#whoever(['inspector1', 'inspector2'], '/assess/inspections/');
    const form = inspector.page.locator('form:has([name=passed])');
    for (const met of await form.locator('input[type=radio][value=true]').all()) {
      await tick(met);
    }
    await inspector.submit(form.locator('button[type=submit]'));
  }

  /** Opens the case at whichever of these assessors it was assigned to, once each assignment. */
  async #whoever(users, addresses) {
    const end = Date.now() + 60_000;
    while (Date.now() < end) {
      for (const user of users) {
        const person = await this.as(user);
        await person.go('/assess');
        for (const link of await person.page.locator(`a[href^="${addresses}"]`).filter({ hasText: this.plan.title }).all()) {
          const address = await link.getAttribute('href');
          if (!this.#done.has(address)) {
            this.#done.add(address);
            await person.submit(link);
            return [person];
          }
        }
      }
    }
    throw new Error(`Nobody of ${users} was given ${addresses} of ${this.plan.title}`);
  }

  async commit(user) {
    const officer = await this.as(user);
    await officer.go('/funder/shares');
    const link = officer.page.locator('a[href^="/funder/shares/"]').filter({ hasText: this.plan.title }).first();
    await officer.reloadUntil(link, 60);
    await officer.submit(link);
    await officer.reloadUntil(officer.page.locator('[name=commit]'), 60);
    await tick(officer.page.locator('[name=commit][value=true]'));
    await officer.submit(officer.page.locator('form:has([name=commit]) button[type=submit]'));
  }

  async sign(user, address) {
    const party = await this.as(user);
    await party.go(address);
    const sign = party.page.locator('button[name=sign][value=true]');
    await party.reloadUntil(sign, 60);
    await party.submit(sign);
  }

  /** The firm pays in its part; then each body's finance officer prepares its payment and the approver approves it. */
  async pay() {
    const firm = await this.as(this.plan.firm);
    await firm.go(`/company/applications/${this.id}`);
    const deposit = firm.page.locator('form:has([name=bankReference])');
    await firm.reloadUntil(deposit, 60);
    await deposit.locator('[name=bankReference]').fill('NH-2025-0304');
    await firm.submit(deposit.locator('button[type=submit]'));
    for (const body of ['kosmo', 'jeonnam', this.plan.municipality]) {
      await this.#advance(`${body}.finance`, 'Prepare');
      await this.#advance(`${body}.approver`, 'Approve');
    }
  }

  async #advance(user, step) {
    const clerk = await this.as(user);
    await clerk.go('/funder/payments');
    const link = clerk.page.locator('section[aria-labelledby=mine] a[href^="/funder/payments/"]').filter({ hasText: this.plan.title }).first();
    await clerk.reloadUntil(link, 60);
    await clerk.submit(link);
    await clerk.submit(clerk.page.locator(`button[name=step][value=${step}]`));
  }

  /** What the ledger says was paid by each funder, as KOSMO's overseer reads it. */
  async paid() {
    const overseer = await this.as('kosmo.operator');
    await overseer.go(`/oversight/cases/${this.id}`);
    const cells = await overseer.page.locator('section[aria-labelledby=ledger] tbody tr td:nth-child(4) .money-figures').allInnerTexts();
    return cells.map(text => Number(text.replace(/\D/g, '')));
  }
}
