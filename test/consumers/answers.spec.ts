import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConsumerProcess } from './support/consumer-process.js';
import { consumerProject } from './support/consumer-project.js';
import { contextText, strippedText } from './support/context-text.js';
import { shown } from './support/shown.js';

const BUILD_MS = 120_000;
const KEY = 'key-of-a-test';
const STRIPPED = { 'x-ms-dynamics-msg-size-exceeded': 'true' };

interface Example {
  readonly name: string;
  readonly script: string;
  readonly show: string;
  readonly file: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly authenticated: { readonly path: string; readonly headers: Readonly<Record<string, string>> };
  /** What it shows after the sample's purchase. */
  readonly afterOne: string;
}

const POINTS: Example = {
  name: 'azure-function',
  script: 'azure-function/local.js',
  show: 'azure-function/show-points.js',
  file: 'POINTS_FILE',
  settings: { FUNCTION_KEY: KEY },
  authenticated: { path: `/api/events?code=${KEY}`, headers: {} },
  afterOne: 'number:C-100482 24\n',
};
const TOTALS: Example = {
  name: 'total-per-customer',
  script: 'total-per-customer/serve.js',
  show: 'total-per-customer/show-totals.js',
  file: 'TOTALS_FILE',
  settings: { TOTALS_KEY: KEY },
  authenticated: { path: '/', headers: { 'x-api-key': KEY } },
  afterOne: 'number:C-100482 24.85 EUR (1)\n',
};

/** What is answered without anything being kept of it. */
const PASSED_BY: readonly (readonly [what: string, body: string, status: number])[] = [
  ['another message', contextText({ message: 'contoso_VendorPaymentPosted' }), 200],
  ['a message of the platform', contextText({ message: 'Create' }), 200],
  ['no JSON', 'purchase=1', 400],
  ['nothing', '', 400],
  ['JSON that is no context', '[]', 400],
  ['an amount with an exponent', contextText({ amount: '1E+2' }), 400],
  ['an amount with five decimals', contextText({ amount: '0.00001' }), 400],
  ['nesting without end', '['.repeat(200_000), 400],
  ['a megabyte', contextText({ customer: 'C'.repeat(1_000_000) }), 413],
];

let project: string;
beforeAll(async () => {
  project = await consumerProject();
}, BUILD_MS);
afterAll(() => rm(project, { recursive: true }));

describe.each([POINTS, TOTALS])('the consumer $name', ({ script, show, file, settings, authenticated, afterOne }) => {
  let folder: string;
  let environment: Readonly<Record<string, string>>;
  let consumer: ConsumerProcess;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'consumer-'));
    environment = { ...settings, [file]: join(folder, 'kept.db') };
    consumer = await ConsumerProcess.start({ project, script, environment });
  });
  afterEach(async () => {
    await consumer.stop();
    await rm(folder, { recursive: true });
  });

  async function post(body: string, more: Readonly<Record<string, string>> = {}): Promise<number> {
    const { path, headers } = authenticated;
    const answer = await fetch(`${consumer.url}${path}`, { method: 'POST', body, headers: { ...headers, ...more } });
    await answer.text();
    return answer.status;
  }
  const kept = () => shown({ project, script: show, environment });

  it('counts a purchase once, however often it comes, two at once too', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => post(contextText())));
    expect(new Set(all)).toEqual(new Set([200]));
    expect(await kept()).toBe(afterOne);
  });

  it('counts on after a restart, and drops what came before it', async () => {
    await post(contextText());
    await consumer.stop();
    consumer = await ConsumerProcess.start({ project, script, environment });
    expect(await post(contextText())).toBe(200);
    expect(await kept()).toBe(afterOne);
  });

  it('keeps nothing of what is no purchase, whatever is wrong with it', async () => {
    const answers: (readonly [string, number])[] = [];
    for (const [what, body] of PASSED_BY) answers.push([what, await post(body)]);
    expect(answers).toEqual(PASSED_BY.map(([what, , status]) => [what, status]));
    expect(await kept()).toBe('');
  });

  it('lets nobody in who does not know the key, and keeps nothing of theirs', async () => {
    const { path, headers } = authenticated;
    const bare = path.split('?')[0];
    const wrong = [
      fetch(`${consumer.url}${bare}`, { method: 'POST', body: contextText() }),
      fetch(`${consumer.url}${bare}?code=${KEY}x`, { method: 'POST', body: contextText() }),
      fetch(`${consumer.url}${bare}?code=`, { method: 'POST', body: contextText(), headers: { 'x-api-key': '' } }),
      fetch(`${consumer.url}${bare}`, { method: 'POST', body: contextText(), headers: { 'x-api-key': `${KEY}x` } }),
    ];
    expect((await Promise.all(wrong)).map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect((await fetch(`${consumer.url}${path}`, { headers })).status).toBe(405);
    expect(await kept()).toBe('');
  });

  it('asks to be asked again while somebody holds the database, and counts then', async () => {
    const holder = new DatabaseSync(environment[file] ?? '');
    holder.exec('BEGIN IMMEDIATE');
    expect(await post(contextText())).toBe(503);
    holder.exec('ROLLBACK');
    holder.close();
    expect(await post(contextText())).toBe(200);
    expect(await kept()).toBe(afterOne);
  });

  it('keeps an amount of fifteen digits and four decimals', async () => {
    expect(await post(contextText({ amount: '999999999999999.9999' }))).toBe(200);
    expect(await kept()).toContain('999999999999999');
  });
});

describe('a body that Dataverse cut for its size', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'consumer-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function cut({ script, show, file, settings, authenticated: { path, headers } }: Example) {
    const environment = { ...settings, [file]: join(folder, 'kept.db') };
    const consumer = await ConsumerProcess.start({ project, script, environment });
    try {
      const { status } = await fetch(`${consumer.url}${path}`, {
        method: 'POST',
        body: strippedText(),
        headers: { ...headers, ...STRIPPED },
      });
      const kept = await shown({ project, script: show, environment });
      return { status, kept, warnings: consumer.warnings };
    } finally {
      await consumer.stop();
    }
  }

  it('is noted by its event and told by the function, which fetches nothing', async () => {
    const { status, warnings, kept } = await cut(POINTS);
    expect(status).toBe(200);
    expect(kept).toBe('incomplete 019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70\n');
    expect(warnings).toEqual([expect.stringContaining('019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70')]);
  });

  it('stays among the failed jobs of the totals, which would lack it', async () => {
    expect(await cut(TOTALS)).toMatchObject({ status: 400, kept: '' });
  });
});
