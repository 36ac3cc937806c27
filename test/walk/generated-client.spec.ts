import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { RunningGateway } from '../support/running-gateway.js';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BIN = join(ROOT, 'node_modules', '.bin');

/** What an integration developer writes: typed by the generated document alone. */
const PROGRAM = `
import createClient from 'openapi-fetch';
import type { paths } from './gateway.js';

const [baseUrl = '', apiKey = ''] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl, headers: { 'X-API-Key': apiKey } });

const purchase = await client.POST('/v1/events/customer-purchase', {
  body: {
    purchaseId: 'client-1',
    occurredAt: '2026-11-22T10:00:00Z',
    storeId: 'store-017',
    totalAmount: '24.85',
    currencyCode: 'EUR',
    customerNumber: null,
    lines: [{ sku: 'TEA', quantity: '2', unitPrice: '9.95' }],
  },
});
const payment = await client.POST('/v1/events/vendor-payment-posted', {
  params: { header: { 'Idempotency-Key': 'client-key-1' } },
  body: {
    paymentId: 'client-2',
    occurredAt: '2026-11-22T10:00:00Z',
    vendorNumber: 'V-1',
    companyCode: 'DE01',
    amount: '-18250.00',
    currencyCode: 'EUR',
    invoiceNumbers: ['INV-1'],
  },
});
if (purchase.data === undefined || payment.data === undefined) throw new Error('refused');
const event = await client.GET('/v1/events/{id}', { params: { path: { id: purchase.data.id } } });
const refused = await client.GET('/v1/events/{id}', { params: { path: { id: '00000000-0000-7000-8000-000000000000' } } });
const status: 'pending' | 'delivering' | 'delivered' | 'dead' | 'cancelled' | undefined = event.data?.status;
console.log(JSON.stringify({ ids: [purchase.data.id, payment.data.id], status, refused: refused.error?.status }));
`;

const TSCONFIG = {
  compilerOptions: {
    target: 'es2024',
    module: 'nodenext',
    lib: ['es2024', 'dom'],
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
  },
  include: ['*.ts'],
};

describe('a TypeScript client generated from the committed OpenAPI document', () => {
  let environment: Environment;
  let gateway: RunningGateway;
  let folder: string;

  beforeAll(async () => {
    environment = await createEnvironment();
    gateway = await RunningGateway.start(environment);
    // Inside the project, so that the client finds its own dependency as it would in a project of its own.
    folder = await mkdtemp(join(ROOT, 'node_modules', '.generated-client-'));
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
    await gateway.stop();
    await environment.remove();
  });

  it('compiles under strict rules, sends both events and reads what became of them', async () => {
    await run(join(BIN, 'openapi-typescript'), [join(ROOT, 'openapi/openapi.json'), '-o', join(folder, 'gateway.ts')]);
    await writeFile(join(folder, 'program.ts'), PROGRAM);
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    await run(join(BIN, 'tsc'), ['-p', folder]);

    const { stdout } = await run(process.execPath, [join(folder, 'program.js'), gateway.url, gateway.apiKey]);
    const printed = JSON.parse(stdout) as { ids: string[]; status: string; refused: number };
    const calls = await environment.emulator.whenReceived(2);

    expect(new Set(calls.map(({ tag }) => tag))).toEqual(new Set(printed.ids));
    expect(calls.map(({ customApi }) => customApi).sort()).toEqual([
      'contoso_CustomerPurchase',
      'contoso_VendorPaymentPosted',
    ]);
    expect(calls.find(({ parameters }) => parameters.PaymentId === 'client-2')?.parameters.Amount).toBe('-18250.00');
    expect(['pending', 'delivering', 'delivered']).toContain(printed.status);
    expect(printed.refused).toBe(404);
  }, 120_000);
});
