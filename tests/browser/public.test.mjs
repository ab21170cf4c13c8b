import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from './opening.mjs';

// As a newcomer starts it: on nothing.
const { browser } = await open({ empty: true });

for (const language of ['ko', 'en']) {
  test(`Visitors read the first page, the calls and the guide (${language})`, async () => {
    const visitor = await browser.visitor(language);

    for (const address of ['/', '/calls', '/guide', '/sign-in']) {
      const response = await visitor.go(address);

      assert.equal(response.status(), 200, address);
      assert.equal(await visitor.page.locator('html').getAttribute('lang'), language, address);
      assert.notEqual(await visitor.page.locator('h1').first().innerText(), '', address);
    }

    await visitor.leave();
  });
}

test('An address that does not exist is answered by a page, not by a fault', async () => {
  const visitor = await browser.visitor();

  const response = await visitor.go('/no-such-page');

  assert.equal(response.status(), 404);
  await visitor.leave();
});
