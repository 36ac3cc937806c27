import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../src/contract/canonical-json.js';
import { EventCatalog } from '../../src/contract/event-catalog.js';
import { loadEventCatalog } from '../../src/contract/load-event-catalog.js';
import { type Answer, type Caller, faultsIn, publisher } from './support/caller.js';
import {
  type Members,
  sendBatch,
  sendBinary,
  sendBySdk,
  sendStructured,
  storedAs,
  storedCount,
} from './support/cloud-events.js';
import { type IngestApp, shippedCatalog, startIngestApp } from './support/ingest-app.js';
import { validContent } from './support/valid-content.js';

/** Every event type that ships, and one with every word that fields can be declared with. */
const words = await loadEventCatalog(new URL('../contract/fixtures/every-word/', import.meta.url), 'contoso');
const catalog = new EventCatalog([...words.definitions, ...(await shippedCatalog()).definitions]);

let app: IngestApp;
let caller: Caller;
beforeAll(async () => {
  app = await startIngestApp({ catalog });
  caller = await publisher(app, 'integration');
});
afterAll(() => app.close());

const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => !/[\p{Cc}\p{Cn}]/u.test(text));
const source = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.uuid().map((uuid) => `urn:uuid:${uuid}`),
  fc.constantFrom('/stores/017', 'store-017', '?q', '#f', '//host', 'mailto:a@contoso.com'),
);
const prefix = fc.constantFrom('', 'com.contoso.', 'com.contoso-retail.pos4.', 'v2.');
const extensions = fc.dictionary(
  fc.stringMatching(/^x[a-z0-9]{1,20}$/),
  fc.oneof(fc.boolean(), fc.integer(), id, fc.constant('')),
  { maxKeys: 3 },
);

const event = fc
  .record({
    definition: fc.constantFrom(...catalog.definitions),
    id,
    source,
    prefix,
    extensions,
    isTimed: fc.boolean(),
  })
  .chain(({ definition, isTimed, extensions: more, ...attributes }) =>
    validContent(definition).map((data): Members => {
      const time = isTimed ? { time: data.occurredAt } : {};
      const type = `${attributes.prefix}${definition.type}`;
      return { specversion: '1.0', id: attributes.id, source: attributes.source, type, ...time, ...more, data };
    }),
  );

/** The SDK neither encodes headers nor leaves out a time it was not given. */
function canBeSentBySdk({ time, ...attributes }: Members, mode: 'structured' | 'binary'): boolean {
  if (time === undefined) return false;
  const texts = Object.values({ ...attributes, data: '' }).map(String);
  return mode === 'structured' || texts.every((text) => /^[!#$&-~]*$/.test(text));
}

async function sendInEveryMode(sent: Members): Promise<readonly Answer[]> {
  const { data, ...attributes } = sent;
  const base64 = Buffer.from(JSON.stringify(data)).toString('base64');
  const bySdk = (['structured', 'binary'] as const).filter((mode) => canBeSentBySdk(sent, mode));
  return [
    await sendStructured(caller, sent),
    await sendBinary(caller, { ...sent, datacontenttype: 'application/json;charset=utf-8' }),
    await sendStructured(caller, { ...attributes, datacontenttype: 'application/json', data_base64: base64 }),
    ...(await Promise.all(bySdk.map((mode) => sendBySdk(caller, mode, sent)))),
  ];
}

describe('a valid event', () => {
  it('is one and the same in all modes, whatever it says, and is stored as it would be alone', async () => {
    await fc.assert(
      fc.asyncProperty(event, async (sent) => {
        const before = await storedCount(app);
        const [first, ...others] = await sendInEveryMode(sent);
        if (first === undefined) throw new Error('nothing was sent');
        expect(first).toMatchObject({ status: 202 });
        for (const answer of others) {
          expect(answer).toMatchObject({ status: 202, body: first.body });
          expect(answer.headers.get('idempotency-replayed')).toBe('true');
        }
        const batch = await sendBatch(caller, [sent]);
        expect(batch).toMatchObject({ status: 202, body: { results: [{ result: 'repeated', receipt: first.body }] } });
        expect(await storedAs(app, first)).toMatchObject({
          key: `${sent.source} ${sent.id}`,
          source: sent.source,
          data: canonicalJson(sent.data),
        });
        expect(await storedCount(app)).toBe(before + (first.headers.has('idempotency-replayed') ? 0 : 1));
      }),
      { numRuns: 60 },
    );
  });
});

/** A content that was valid before one of its members, or another one, became something else. */
const spoilt = fc.constantFrom(...catalog.definitions).chain((definition) =>
  fc
    .record({
      data: validContent(definition),
      name: fc.constantFrom(...definition.fields.map(({ name }) => name), 'unknown', 'a/b', '__proto__'),
      value: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined)),
    })
    .map(({ data, name, value }) => ({ definition, text: textOf([...Object.entries(data), [name, value]]) })),
);

/** As text, for no object can have a name twice, as the spoilt member then has it. */
function textOf(members: readonly (readonly [name: string, value: unknown])[]): string {
  const written = members.filter(([, value]) => value !== undefined);
  return `{${written.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

describe('any other event', () => {
  it('is refused for what the endpoint of its type refuses it for, its pointers one level down', async () => {
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(spoilt, id, async ({ definition, text }, key) => {
        const typed = await caller.post(`/v1/events/${definition.slug}`, text);
        const sent = `{"specversion":"1.0","id":${JSON.stringify(key)},"source":"/s","type":"${definition.type}","data":${text}}`;
        const answer = await sendStructured(caller, sent);
        if (typed.status === 400) refusals++;
        // Their keys are of different kinds: what is new to one of them may be known to the other.
        expect(answer.status === 400).toBe(typed.status === 400);
        expect(faultsIn(answer)).toEqual(faultsIn(typed).map((fault) => `/data${fault}`));
      }),
      { numRuns: 100 },
    );
    expect(refusals).toBeGreaterThan(20);
  });
});
