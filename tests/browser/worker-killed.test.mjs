import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Product } from './product.mjs';

const product = await Product.start({ durable: true });

after(() => product.stop());

test('Killing the worker in the middle of the demo changes no figure and pays nothing twice', async () => {
  let lines = 0;
  let kills = 0;
  const { code, output } = await product.saas(['demo', '--timeout', '240'], async () => {
    // Jobs are under way whenever the demo tells of a step.
    if (++lines % 12 === 0 && kills < 4 && await product.killWorker()) {
      kills++;
    }
  });

  assert.equal(code, 0, output);
  assert.ok(kills > 0, `the worker was never killed:\n${output}`);
  const verified = await product.saas(['ledger', 'verify']);
  assert.equal(verified.code, 0, verified.output);
});
