import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Caller, expectProblem, faultsIn, publisher } from './support/caller.js';
import {
  CLOUD_EVENTS_PATH,
  type Members,
  purchaseEvent,
  STRUCTURED,
  sendBatch,
  sendBinary,
  sendBySdk,
  sendStructured,
  storedCount,
} from './support/cloud-events.js';
import { type IngestApp, startIngestApp } from './support/ingest-app.js';

let app: IngestApp;
let caller: Caller;
beforeAll(async () => {
  app = await startIngestApp();
  caller = await publisher(app, 'integration');
});
afterAll(() => app.close());

/** A purchase with these changes to its content; undefined leaves a field out. */
function withContent(changes: Members): Members {
  const event = purchaseEvent(app);
  return { ...event, data: { ...(event.data as object), ...changes } };
}

describe('a CloudEvent that is not valid', () => {
  const NO_TYPE = '/type names no event type of this gateway';
  it.each([
    ['without its id', { id: undefined }, ['/id is required']],
    ['without its source', { source: undefined }, ['/source is required']],
    ['without its version', { specversion: undefined }, ['/specversion is required']],
    ['of an older version', { specversion: '0.3', schemaurl: 'x' }, ['/specversion must be "1.0"']],
    ['without its type', { type: undefined }, ['/type is required']],
    ['with an id that is null', { id: null }, ['/id is required']],
    [
      'whose time is another one',
      { time: '2026-11-22T10:00:01Z' },
      ['/time must be the same instant as /data/occurredAt'],
    ],
    [
      'whose time is a millisecond off',
      { time: '2026-11-22T10:00:00.001Z' },
      ['/time must be the same instant as /data/occurredAt'],
    ],
    ['without content', { data: undefined }, ['/data is required']],
    ['whose content is a text', { data: '{"purchaseId":"1"}' }, ['/data must be an object']],
    ['whose content is a list', { data: [] }, ['/data must be an object']],
    ['with its content twice', { data_base64: 'e30=' }, ['/data_base64 must not stand beside data']],
    [
      'with its content as XML',
      { datacontenttype: 'text/xml', data: '<a/>' },
      ['/data must be an object', '/datacontenttype must be application/json, in UTF-8'],
    ],
    [
      'with an extension that is none',
      { storeId: 17 },
      ['/storeId is not an attribute: names are lower-case letters and digits'],
    ],
  ])('is refused %s', async (_what, changes, faults) => {
    const before = await storedCount(app);
    expectProblem(await sendStructured(caller, purchaseEvent(app, changes)), 'invalid-event', faults);
    expect(await storedCount(app)).toBe(before);
  });

  it.each([['CustomerPurchas'], ['CustomerPurchase.v2'], ['customer-purchase'], ['com.contoso.'], ['toString'], ['x']])(
    'is refused of a type that does not exist: %s',
    async (type) => {
      const answer = await sendStructured(caller, purchaseEvent(app, { type }));
      expectProblem(answer, 'unknown-event-type', [NO_TYPE]);
      expect(answer.body.detail).toContain('/v1/event-types');
      expect(app.journal.at(-1)).toBe('unknown unknown-event-type');
    },
  );

  it('is told all of it at once: of its attributes, of its text and of its content', async () => {
    const event = withContent({ totalAmount: 1, storeId: undefined, occurredAt: undefined, email: 'nobody' });
    const text = JSON.stringify({ ...event, source: 'a b', time: 'now', ext: {} }).replace('{', '{"id":"1",');
    expectProblem(
      await sendStructured(caller, text.replace('"data":{', '"data":{"currencyCode":"EUR",')),
      'invalid-event',
      [
        '/id appears more than once',
        '/source must be a URI reference of at most 512 characters',
        '/time must be an instant in RFC 3339 form with a zone, such as "2026-11-22T10:00:00Z"',
        '/ext must be a text, a boolean or a whole number of 32 bits',
        '/data/currencyCode appears more than once',
        '/data/email must be an e-mail address of at most 254 characters',
        '/data/storeId is required',
        '/data/totalAmount must be a decimal string such as "12.50": up to 15 digits, then up to 4 decimals, no leading zeros',
      ],
    );
  });

  it('is told so in binary mode with the same pointers', async () => {
    const event = withContent({ totalAmount: 1 });
    const answer = await sendBinary(caller, { ...event, id: undefined, source: 'a b', specversion: '1.1' });
    expectProblem(answer, 'invalid-event');
    expect(faultsIn(answer).map((fault) => fault.split(' ')[0])).toEqual([
      '/data/totalAmount',
      '/source',
      '/specversion',
    ]);
  });

  it('is told of its other faults beside a type that does not exist', async () => {
    const answer = await sendStructured(caller, purchaseEvent(app, { type: 'Nothing', id: '', data: 1 }));
    expectProblem(answer, 'unknown-event-type', ['/id must not be empty', NO_TYPE]);
  });

  it('is refused where the SDK fills in the time of sending', async () => {
    const { time: _, ...event } = purchaseEvent(app);
    const answer = await sendBySdk(caller, 'structured', event);
    expectProblem(answer, 'invalid-event', ['/time must be the same instant as /data/occurredAt']);
  });

  it('never hears its own values', async () => {
    const secret = 'S3CRET "';
    const event = { ...withContent({ email: secret }), id: `${secret}\n`, source: secret, type: secret, ext: [secret] };
    const answers = [
      await sendStructured(caller, event),
      await sendStructured(caller, { ...event, type: 'CustomerPurchase' }),
      await sendBinary(caller, { ...event, type: 'CustomerPurchase', id: 'x', time: secret }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).not.toContain('S3CRET');
    }
  });

  it('leaves every object as it was, whatever names it brings', async () => {
    const text = JSON.stringify(purchaseEvent(app)).replace('{', '{"__proto__":{"polluted":1},"constructor":{"a":1},');
    expectProblem(await sendStructured(caller, text), 'invalid-event', [
      '/__proto__ is not an attribute: names are lower-case letters and digits',
      '/constructor must be a text, a boolean or a whole number of 32 bits',
    ]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('a request with CloudEvents', () => {
  it('must not bring an Idempotency-Key', async () => {
    const answer = await sendStructured(caller, purchaseEvent(app), { 'Idempotency-Key': 'K' });
    expectProblem(answer, 'invalid-idempotency-key');
  });

  it.each([
    ['text/plain'],
    ['application/cloudevents'],
    ['application/cloudevents+xml'],
    ['application/cloudevents+avro'],
    ['application/cloudevents+json; charset=latin1'],
    ['application/vnd.contoso+json'],
    [`${STRUCTURED}, application/json`],
  ])('is a 415 as %s', async (contentType) => {
    const answer = await sendStructured(caller, purchaseEvent(app), { 'Content-Type': contentType });
    expectProblem(answer, 'unsupported-media-type');
  });

  it('is a 415 without a media type, and compressed', async () => {
    const body = Buffer.from(JSON.stringify(purchaseEvent(app)));
    expectProblem(await caller.call('POST', CLOUD_EVENTS_PATH, { 'Content-Type': '' }, body), 'unsupported-media-type');
    expectProblem(
      await sendStructured(caller, purchaseEvent(app), { 'Content-Encoding': 'gzip' }),
      'unsupported-media-type',
    );
    expectProblem(await caller.call('POST', CLOUD_EVENTS_PATH), 'unsupported-media-type');
  });

  it('is not taken by the endpoint of an event type', async () => {
    const answer = await caller.post('/v1/events/customer-purchase', purchaseEvent(app), {
      'Content-Type': STRUCTURED,
    });
    expectProblem(answer, 'unsupported-media-type');
  });

  it('is sent elsewhere where it is plain JSON', async () => {
    for (const body of [purchaseEvent(app), purchaseEvent(app).data]) {
      const answer = await caller.post(CLOUD_EVENTS_PATH, body);
      expectProblem(answer, 'invalid-event');
      expect(answer.body.detail).toContain('/v1/event-types');
    }
  });

  it.each([[''], ['{'], ['[]'], ['null'], ['{"a":1}x'], ['\ufeff{}']])('is refused as %p', async (body) => {
    const answer = await sendStructured(caller, body);
    expect(answer.status).toBe(400);
    expectProblem(answer, body === '[]' || body === 'null' ? 'invalid-event' : 'malformed-json');
    expect(app.journal.at(-1)).toMatch(/^unknown /);
  });

  it('is refused in binary mode where its body is no JSON', async () => {
    const { data: _, ...attributes } = purchaseEvent(app);
    for (const data of ['', '{', '\u0000'])
      expectProblem(await sendBinary(caller, { ...attributes, data }), 'malformed-json');
  });

  it('is a 413 from one byte over 128 KiB on, and in binary mode over 64 KiB', async () => {
    const padded = (size: number) => {
      const event = JSON.stringify(purchaseEvent(app));
      return event + ' '.repeat(size - event.length);
    };
    expect((await sendStructured(caller, padded(131_072))).status).toBe(202);
    expectProblem(await sendStructured(caller, padded(131_073)), 'payload-too-large');
    expectProblem(await sendBinary(caller, withContent({ receiptNumber: 'x'.repeat(65_536) })), 'payload-too-large');
  });

  it('is a 413 where its content alone is over 64 KiB', async () => {
    const line = { sku: 'A'.repeat(64), description: 'ä'.repeat(200), quantity: '1', unitPrice: '1.00' };
    const answer = await sendStructured(caller, withContent({ lines: Array(150).fill(line) }));
    expectProblem(answer, 'payload-too-large');
    expect(answer.body.detail).toContain('64 KiB');
  });

  it('is refused where an attribute comes in two headers, or raw', async () => {
    const { data, ...event } = purchaseEvent(app);
    const attributes = Object.entries(event).filter(([name]) => name !== 'datacontenttype');
    const headers = attributes.map(([name, value]) => `ce-${name}: ${value}`);
    const answer = await sendRaw(
      [...headers, 'CE-Id: another', 'ce-subject: Größe', 'ce-data: {}'],
      JSON.stringify(data),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    const errors = /"errors":(\[.*\])/.exec(answer)?.[1] ?? '[]';
    expect(JSON.parse(errors)).toEqual([
      { pointer: '/id', detail: 'appears more than once' },
      { pointer: '/subject', detail: 'must be percent-encoded UTF-8' },
      { pointer: '/data', detail: 'must not be a header: the body and its Content-Type say it' },
    ]);
  });
});

describe('a gateway that stops', () => {
  it('turns CloudEvents away in every mode', async () => {
    const stopping = await startIngestApp();
    try {
      const till = await publisher(stopping, 'till');
      stopping.gate.close();
      const event = purchaseEvent(stopping);
      expectProblem(await sendStructured(till, event), 'shutting-down');
      expectProblem(await sendBinary(till, event), 'shutting-down');
      expectProblem(await sendBatch(till, [event]), 'shutting-down');
      // Nobody looked at what they are.
      expect(stopping.journal).toEqual(['unknown shutting-down', 'unknown shutting-down']);
    } finally {
      await stopping.close();
    }
  });
});

/** Posts with headers as they stand, which no client library would send; the whole answer as text. */
async function sendRaw(headers: readonly string[], body: string): Promise<string> {
  const socket = connect(app.port, '127.0.0.1');
  const lines = [
    `POST ${CLOUD_EVENTS_PATH} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${caller.apiKey}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...headers,
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
  return textOf(socket);
}
