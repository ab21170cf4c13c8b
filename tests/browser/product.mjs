import { execFile, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** 09:00 on 4 March 2025 in Seoul, when the calls of 2025 are open. */
const start = '2025-03-04T00:00:00Z';

/** The whole product, started as a person starts it: `build/run` on a free port with a data folder of its own. */
export class Product {
  #process;
  #output = '';
  #durable;

  /**
   * Starts on a copy of a folder on which the product has been prepared; `empty`: on nothing, as a newcomer does. `durable`: the database
   * writes as it does in production, for tests that kill what runs; otherwise it does not wait for the disk.
   */
  static async start({ empty = false, durable = empty } = {}) {
    const product = new Product();
    product.#durable = durable;
    product.data = await mkdtemp(path.join(os.tmpdir(), 'saas-browser-'));
    if (!empty) {
      await promisify(execFile)(path.join(root, 'build/lib/prepared'), [product.data]);
    }

    product.port = await freePort();
    product.url = `http://127.0.0.1:${product.port}`;
    await product.#launch();
    return product;
  }

  async #launch(now = start) {
    const environment = { ...process.env, SAAS_DATA: this.data, SAAS_PORT: String(this.port), SAAS_NOW: now, SAAS_DEMO: '1' };
    if (!this.#durable) {
      environment.SAAS_DB_OPTIONS = '-c fsync=off -c full_page_writes=off';
    }

    // Servers of the surrounding run and Node's own test channel are not for the product.
    delete environment.SAAS_DB;
    delete environment.NODE_TEST_CONTEXT;
    this.#process = spawn(path.join(root, 'build/run'), [], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = new Promise(resolve => this.#process.once('exit', resolve));
    const ready = new Promise(resolve => {
      const read = chunk => {
        this.#output += chunk;
        if (this.#output.includes(this.url)) {
          resolve('ready');
        }
      };
      this.#process.stdout.on('data', read);
      this.#process.stderr.on('data', read);
    });
    if (await Promise.race([ready, this.ended, after(300_000)]) !== 'ready') {
      await this.stop();
      throw new Error(`build/run did not come up:\n${this.#output}`);
    }
  }

  /** As if the power went out; build/run starts another. False when none was running just then. */
  async killWorker() {
    this.#mustBeDurable();
    const worker = Number((await readFile(path.join(this.data, 'worker.pid'), 'utf8')).trim());
    try {
      process.kill(worker, 'SIGKILL');
      return true;
    } catch (error) {
      if (error.code !== 'ESRCH') {
        throw error;
      }
      return false;
    }
  }

  /** As if the machine went down: the web server is killed, build/run ends with it, and is started again on the same data, at the given time. */
  async restart(whileDown = async () => {}, now = start) {
    this.#mustBeDurable();
    const [web] = execFileSync('pgrep', ['-f', `SaaS.Web.dll --urls ${this.url}`], { encoding: 'utf8' }).trim().split('\n');
    process.kill(Number(web), 'SIGKILL');
    await this.ended;
    await whileDown();
    this.#output = '';
    await this.#launch(now);
  }

  /** Runs `build/saas` against this product, and tells of every line that it prints; returns what it printed and how it ended. */
  async saas(words, onLine = () => {}) {
    const { SAAS_DB: _, NODE_TEST_CONTEXT: __, ...environment } = process.env;
    const child = spawn(path.join(root, 'build/saas'), words, { env: { ...environment, SAAS_DATA: this.data, SAAS_PORT: String(this.port) } });
    let output = '';
    const read = chunk => {
      output += chunk;
      for (const line of String(chunk).split('\n').filter(Boolean)) {
        onLine(line);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    const code = await new Promise(resolve => child.once('close', resolve));
    return { code, output };
  }

  #mustBeDurable() {
    if (!this.#durable) {
      throw new Error('What is killed must keep its data as in production: start the product with { durable: true }.');
    }
  }

  async stop() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill('SIGTERM');
      await this.ended;
    }
    await rm(this.data, { recursive: true, force: true });
  }
}

/** Below the ports that the system hands out by itself: until the web server listens there, no connection of another process takes it. */
async function freePort() {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 17_000);
    const server = net.createServer();
    const free = await new Promise(resolve => server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)));
    if (free) {
      await new Promise(resolve => server.close(resolve));
      return port;
    }
  }
}

function after(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, milliseconds).unref());
}
