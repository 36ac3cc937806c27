import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import createClient from 'openapi-fetch';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { publisher } from '../ingest/support/caller.js';
import { type IngestApp, startIngestApp } from '../ingest/support/ingest-app.js';

let app: IngestApp;
/** Inside the repository, so that the generated code finds its packages. */
let folder: string;
beforeAll(async () => {
  app = await startIngestApp();
  const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'client-'));
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

/** What somebody writes against the generated types, and three mistakes they must be told of. */
const CLIENT = `import createClient from 'openapi-fetch';
import type { paths } from './schema.js';

const client = createClient<paths>({ baseUrl: 'http://localhost:3000' });
const event = { purchaseId: '1', occurredAt: '2026-11-22T10:00:00Z', storeId: 's', totalAmount: '1.00', currencyCode: 'EUR' };

export async function publish(): Promise<string | undefined> {
  const { data, error } = await client.POST('/v1/events/customer-purchase', { body: { ...event, email: null } });
  if (error !== undefined) return error.errors?.map(({ pointer }) => pointer).join();
  const read = await client.GET('/v1/events/{id}', { params: { path: { id: data.id }, query: { include: 'data' } } });
  const status: 'pending' | 'delivering' | 'delivered' | 'dead' | 'cancelled' | undefined = read.data?.status;
  return status;
}

// @ts-expect-error an amount is a text
client.POST('/v1/events/customer-purchase', { body: { ...event, totalAmount: 1 } });
// @ts-expect-error there is no such event type
client.POST('/v1/events/unknown', { body: event });
// @ts-expect-error the store is missing
client.POST('/v1/events/customer-purchase', { body: { ...event, storeId: undefined } });
`;

describe('a client generated from the document', () => {
  it('compiles, and tells mistakes when it is compiled', async () => {
    const schema = astToString(await openapiTS(new URL(`${app.url}/openapi.json`)));
    await writeFile(join(folder, 'schema.ts'), schema);
    await writeFile(join(folder, 'client.ts'), CLIENT);
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: true,
      types: [],
      lib: ['lib.es2024.d.ts', 'lib.dom.d.ts'],
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
    };
    const program = ts.createProgram([join(folder, 'client.ts')], options);
    const messages = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    expect(messages).toEqual([]);
  });

  it('works', async () => {
    const { apiKey } = await publisher(app, 'generated client');
    const client = createClient<GatewayPaths>({ baseUrl: app.url, headers: { 'X-API-Key': apiKey } });
    const body = app.catalog.find('CustomerPurchase')?.example ?? {};
    const { data, response } = await client.POST('/v1/events/customer-purchase', { body });
    expect(response.status).toBe(202);
    const read = await client.GET('/v1/events/{id}', { params: { path: { id: data?.id ?? '' } } });
    expect(read.data).toMatchObject({ id: data?.id, status: 'pending' });
  });
});

/** As much of the generated types as the second test needs: they do not exist before the first one ran. */
interface GatewayPaths {
  '/v1/events/customer-purchase': {
    post: {
      requestBody: { content: { 'application/json': object } };
      responses: { 202: { headers: object; content: { 'application/json': { id: string } } } };
    };
  };
  '/v1/events/{id}': {
    get: {
      parameters: { path: { id: string } };
      responses: { 200: { headers: object; content: { 'application/json': { id: string; status: string } } } };
    };
  };
}
