import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import { excerpt, type FuzzCase, statusIs } from '../harness/fuzz-case.js';
import { type RequestParts, requestBytes } from '../harness/requests.js';
import { jsonOf, type World } from '../harness/world.js';
import { drawEvent, drawKey } from './draw-event.js';

type Variation = (world: World, random: SeededRandom) => Partial<RequestParts> & { readonly status: number };

/** Good events under headers that are wrong, or that are unusual and right. */
export function headersCase(world: World, random: SeededRandom): FuzzCase {
  const type = random.pick(world.eventTypes);
  const { status, ...parts } = random.pick(VARIATIONS)(world, random);
  const body = Buffer.from(JSON.stringify(drawEvent(world, type, random)));
  const request = { method: 'POST', target: type.path, apiKey: world.keys.publisher, body, ...parts };
  return {
    kind: 'exchange',
    name: 'headers',
    step: {
      method: 'POST',
      operation: type.operation,
      bytes: requestBytes(request),
      judge: (answer) => {
        if (answer.status === 202) world.accepted.add(String(jsonOf(answer)?.id));
        const faults = statusIs(status)(answer);
        return faults.length === 0 ? [] : [...faults, `  with ${excerpt(requestBytes({ ...request, apiKey: null }))}`];
      },
    },
  };
}

const plain =
  (status: number, parts: Partial<RequestParts>): Variation =>
  () => ({ status, ...parts });
const types = (status: number, ...contentTypes: readonly (string | null)[]): Variation => {
  return (_world, random) => ({ status, contentType: random.pick(contentTypes) });
};
const lines = (status: number, ...headers: readonly string[]): Variation => {
  return (_world, random) => ({ status, headers: [random.pick(headers)] });
};

const VARIATIONS: readonly Variation[] = [
  types(
    202,
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/json;charset="UTF-8"',
    'application/json ;',
  ),
  types(
    415,
    'text/plain',
    'application/jsonx',
    'application/json; charset=latin1',
    'application/json; charset=utf-16',
    '',
    null,
  ),
  types(
    415,
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'text/json',
    '*/*',
    'application/*',
  ),
  lines(
    415,
    'Content-Encoding: gzip',
    'Content-Encoding: br',
    'Content-Encoding: deflate, gzip',
    'Content-Encoding: x',
  ),
  lines(
    202,
    'Content-Encoding: identity',
    'Accept: image/png',
    'Accept: ',
    'Accept-Encoding: gzip',
    'Expect: 100-continue',
  ),
  lines(
    202,
    'traceparent: nonsense',
    'tracestate: a=b',
    'X-HTTP-Method-Override: DELETE',
    'Upgrade: h2c',
    'TE: trailers',
  ),
  lines(
    202,
    'X-Forwarded-For: 127.0.0.1',
    'Forwarded: for=127.0.0.1',
    'Cookie: a=b',
    'Origin: http://evil.example',
    'If-None-Match: *',
  ),
  lines(417, 'Expect: wonders', 'Expect: 200-ok'),
  lines(
    400,
    'Idempotency-Key: ',
    'Idempotency-Key: a b',
    'Idempotency-Key: "a',
    'Idempotency-Key: ""',
    'Idempotency-Key: ä',
  ),
  lines(400, `Idempotency-Key: ${'k'.repeat(256)}`, 'Idempotency-Key: "a\\b"', 'Idempotency-Key: "a"; x=1'),
  plain(400, { headers: ['Idempotency-Key: a', 'Idempotency-Key: b'] }),
  lines(400, 'Host: other', 'Content-Type: text/plain', 'Content-Length: 5', 'Authorization: Bearer x'),
  lines(431, `X-Long: ${'x'.repeat(17_000)}`),
  (_world, random) => ({ status: 202, headers: [`Idempotency-Key: ${drawKey(random)}`] }),
  (_world, random) => ({ status: 202, headers: [`Idempotency-Key: "${drawKey(random)}\\"\\\\"`] }),
  ({ keys }) => ({ status: 202, apiKey: null, headers: [`X-API-Key: ${keys.publisher}`] }),
  // Which of two credentials counts is anybody's guess; a proxy's own is not asked.
  ({ keys }) => ({ status: 400, headers: [`X-API-Key: ${keys.publisher}`] }),
  ({ keys }) => ({ status: 202, apiKey: null, headers: ['Authorization: Basic eDp5', `X-API-Key: ${keys.publisher}`] }),
  ({ keys }) => ({ status: 403, apiKey: keys.bystander }),
];
