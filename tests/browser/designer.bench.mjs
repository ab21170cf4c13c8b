// The designer beside an empty round trip of its own circuit, and the memory that 50 open designers take. Started by `build/bench designer`.
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { Browser } from './browser.mjs';
import { Product } from './product.mjs';

const steps = 40;
const rounds = 60;
const designers = 50;
const asJson = process.argv.includes('--json');
const results = [];

const product = await Product.start({ durable: true });
const browser = await Browser.open(product.url);
try {
  const official = await browser.signIn('jeonnam.officer');
  await official.page.addInitScript(listen);
  const address = await design(official);
  const [edit, empty, settled] = await trips(official.page);
  tell({ name: `edit of a programme of ${steps} steps`, ours: edit, peer: empty, target: 3, against: 'an empty round trip of the circuit', unit: 'ms', ratio: edit / empty });
  tell({ name: 'the same until the findings have caught up', ours: settled, peer: empty, target: 10, against: 'an empty round trip of the circuit', unit: 'ms', ratio: settled / empty });
  const before = await memory();
  await open(official, address);
  const after = await memory();
  tell({ name: `${designers} open designers`, ours: after - before, target: 250, against: 'more memory of the web server', unit: 'MB', ratio: after - before });
} finally {
  await browser.close();
  await product.stop();
}

if (asJson) {
  console.log(JSON.stringify(results));
}

process.exitCode = results.every(result => result.reached) ? 0 : 1;

/** A new programme from the local template, made longer by human tasks until it has its steps. Leaves the page at a share step. */
async function design(official) {
  const { page } = official;
  await official.go('/t/jeonnam/programmes');
  await official.submit(page.getByRole('link', { name: '새 사업 시작' }));
  await official.submit(page.getByRole('link', { name: '지역 기초·고도화형 스마트공장' }));
  for (const [field, text] of Object.entries({ ko: '긴 사업', en: 'Long', slug: 'long', sectors: 'C10' })) {
    await page.locator(`[name=${field}]`).fill(text);
  }

  await official.submit(page.getByRole('button', { name: '초안 만들기' }));
  const entries = page.locator('.designer-entry');
  const evaluation = entries.filter({ hasText: '평가 단계' });
  await chosen(page, evaluation);
  for (let count = await entries.count(); count < steps; count++) {
    await chosen(page, evaluation);
    await page.locator('.designer-add').getByRole('button', { name: '넣기', exact: true }).press('Enter');
    await entries.nth(count).waitFor();
  }

  await chosen(page, entries.filter({ hasText: '사업비 분담(고도화)' }));
  await page.getByLabel('국비 비율(%)').waitFor();
  return page.url();
}

async function chosen(page, entry) {
  while (await entry.getAttribute('aria-current') !== 'step') {
    await entry.press('Enter');
    await page.waitForTimeout(100);
  }
}

/** Medians in milliseconds, both taken by the page's own clock and in turns: an edit until the page shows its total, a key that changes nothing until the server has answered. */
async function trips(page) {
  const [edits, empties, settles] = await page.evaluate(async rounds => {
    const input = document.querySelector('.designer-percent');
    const total = document.querySelector('.designer-grid tfoot [role=status]');
    // 40 % make 100 %, 41 % do not: with every edit the checker finds something else.
    const problems = document.querySelector('.designer-problems');
    const changed = element => new Promise(resolve => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        resolve(performance.now());
      });
      observer.observe(element, { characterData: true, childList: true, subtree: true });
    });
    const answered = () => new Promise(resolve => addEventListener('circuit-message', () => resolve(performance.now()), { once: true }));
    const quiet = (time = 250) => new Promise(resolve => setTimeout(resolve, time));
    // What an official types stands in the field before it is sent, when the field is left.
    input.focus();
    const edited = async value => {
      input.value = String(value);
      await quiet(50);
      const begun = performance.now();
      const ends = [changed(total), changed(problems)];
      input.dispatchEvent(new Event('change', { bubbles: true }));
      return (await Promise.all(ends)).map(end => end - begun);
    };
    const taken = [[], [], []];
    // Until the server has compiled all of it for good. Findings of two edits that follow fast may be reckoned as one, and then nothing is new.
    for (let round = 0; round < 10 * rounds; round++) {
      await Promise.race([edited(30 + round % 2), quiet(1000)]);
      await quiet(20);
    }

    for (let round = 0; round < rounds; round++) {
      await quiet();
      const [edit, settle] = await edited(40 + round % 2);
      await quiet();
      const begun = performance.now();
      const answer = answered();
      document.querySelector('.designer h2').dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }));
      const empty = await answer - begun;
      taken[0].push(edit);
      taken[1].push(empty);
      taken[2].push(settle);
    }

    return taken;
  }, rounds);
  const median = times => times.sort((one, other) => one - other)[times.length >> 1];
  return [median(edits), median(empties), median(settles)];
}

/** In pages of one browser; each holds a circuit of its own. */
async function open(official, address) {
  const context = official.page.context();
  for (let count = 0; count < designers; count++) {
    const page = await context.newPage();
    await page.goto(address);
    await chosen(page, page.locator('.designer-entry').nth(3));
  }
}

/** Resident memory of the web server in megabytes. */
async function memory() {
  const process = execFileSync('pgrep', ['-f', `SaaS.Web.dll --urls ${product.url}`], { encoding: 'utf8' }).trim().split('\n')[0];
  const status = await readFile(`/proc/${process}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
}

function tell(result) {
  result.reached = result.ratio <= result.target;
  results.push(result);
  if (!asJson) {
    const peer = result.peer === undefined ? '' : `, ${result.peer.toFixed(3)} ${result.unit}`;
    const ratio = result.peer === undefined ? '' : `, ${result.ratio.toFixed(2)}x`;
    const target = result.peer === undefined ? `${result.target} ${result.unit}` : `${result.target.toFixed(1)}x`;
    console.log(`${result.name}: ${result.ours.toFixed(3)} ${result.unit}${peer} (${result.against})${ratio}, target ${target}, ${result.reached ? 'OK' : 'MISSED'}`);
  }
}

/** Runs in the page before all else: says when the circuit's server has sent something. */
function listen() {
  globalThis.WebSocket = class extends WebSocket {
    constructor(...words) {
      super(...words);
      this.addEventListener('message', () => dispatchEvent(new Event('circuit-message')));
    }
  };
}
