import { after } from 'node:test';
import { Browser } from './browser.mjs';
import { Product } from './product.mjs';

/** The product and a browser for the tests of one file, closed after the last of them. The words are those of `Product.start`. */
export async function open(words) {
  const product = await Product.start(words);
  try {
    const browser = await Browser.open(product.url);
    after(async () => {
      await browser.close();
      await product.stop();
    });
    return { product, browser };
  } catch (problem) {
    await product.stop();
    throw problem;
  }
}
