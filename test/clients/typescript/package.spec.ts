import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../../support/environment.js';
import { GatewayProcess } from '../../support/gateway-process.js';
import { until } from '../../support/until.js';
import { filesIn } from '../support/files-in.js';
import { buildClient, compileExamples, installClient, packClient } from '../support/packed-client.js';
import { run } from '../support/run.js';

const BUILD_MS = 120_000;
const TILL = new URL('../support/till.mjs', import.meta.url);

let archive: string;
let project: string;
beforeAll(async () => {
  archive = await packClient();
  project = await mkdtemp(join(tmpdir(), 'client-project-'));
  await installClient(archive, project);
}, BUILD_MS);
afterAll(async () => {
  await rm(project, { recursive: true });
  await rm(dirname(archive), { recursive: true });
});

describe('the package', () => {
  it('holds what runs, its types, and what explains it; nothing else', async () => {
    const files = await filesIn(archive);
    const others = files.filter((name) => !/^dist\/[a-z./-]+\.(js|d\.ts)$/.test(name));
    expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);
    expect(files).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'dist/generated/openapi.d.ts']));
  });

  it('has the version of the gateway, and depends on nothing', async () => {
    const manifest = JSON.parse(
      await readFile(join(project, 'node_modules/business-events-gateway-client/package.json'), 'utf8'),
    );
    const gateway = JSON.parse(await readFile(new URL('../../../package.json', import.meta.url), 'utf8'));
    expect(manifest.version).toBe(gateway.version);
    expect(manifest.dependencies).toBeUndefined();
  });

  it(
    'has examples that compile against it, and mistakes that do not',
    async () => {
      expect(await compileExamples(project)).toContain('walk.js');
    },
    BUILD_MS,
  );
});

describe("a package built from another gateway's document", () => {
  it(
    'knows its event types',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'client-document-'));
      const text = await readFile(new URL('../../../openapi/openapi.json', import.meta.url), 'utf8');
      const document = join(folder, 'openapi.json');
      await writeFile(
        document,
        text.replaceAll('CustomerPurchase', 'OrderShipped').replaceAll('customer-purchase', 'order-shipped'),
      );
      const built = await buildClient(document);
      try {
        const types = await readFile(join(built, 'dist/generated/event-types.d.ts'), 'utf8');
        expect(types).toContain("readonly OrderShipped: components['schemas']['OrderShipped'];");
        const paths = await readFile(join(built, 'dist/generated/event-types.js'), 'utf8');
        expect(paths).toContain("OrderShipped: '/v1/events/order-shipped',");
        expect(types + paths).not.toContain('CustomerPurchase');
      } finally {
        await rm(built, { recursive: true });
        await rm(folder, { recursive: true });
      }
    },
    BUILD_MS,
  );
});

describe('a till whose gateway is killed again and again', () => {
  let environment: Environment;
  beforeAll(async () => {
    environment = await createEnvironment();
  });
  afterAll(() => environment.remove());

  it(
    'loses no event and doubles none, single or in batches',
    async () => {
      const apiKey = await environment.createClient('till');
      let gateway = await GatewayProcess.start(environment.settings);
      const { url } = gateway;
      const events = 600;
      const env = { GATEWAY_URL: url, GATEWAY_API_KEY: apiKey, EVENTS: String(events) };
      const sending = run(process.execPath, [TILL.pathname], { cwd: project, env: { ...env, PROJECT: project } });
      let isSending = true;
      const mark = () => {
        isSending = false;
      };
      const ended = sending.then(mark, mark);
      try {
        for (const received of [40, 120, 200]) {
          await Promise.race([ended, until(() => environment.emulator.receivedCount >= received, 30_000)]);
          expect(isSending).toBe(true);
          await gateway.kill();
          gateway = await GatewayProcess.start({ ...environment.settings, PORT: new URL(url).port });
        }
        const accepted = new Map(
          (await sending)
            .trim()
            .split('\n')
            .map((line) => line.split(' ') as [string, string]),
        );
        expect(accepted.size).toBe(2 * events);
        expect(new Set(accepted.values()).size).toBe(2 * events);
        const stored = await summaryOf(url, apiKey);
        expect(stored.accepted).toBe(2 * events);
        const tags = () => new Set(environment.emulator.received().map(({ tag }) => tag));
        await until(() => tags().size === 2 * events, 30_000);
        expect(tags()).toEqual(new Set(accepted.values()));
      } finally {
        await gateway.stop();
      }
    },
    BUILD_MS,
  );
});

async function summaryOf(url: string, apiKey: string): Promise<{ readonly accepted: number }> {
  const answer = await fetch(`${url}/v1/events/summary`, { headers: { Authorization: `Bearer ${apiKey}` } });
  return ((await answer.json()) as { readonly total: { readonly accepted: number } }).total;
}
