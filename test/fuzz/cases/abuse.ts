import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import type { Answer } from '../harness/answer-reader.js';
import type { FuzzCase } from '../harness/fuzz-case.js';
import { requestBytes } from '../harness/requests.js';
import type { World } from '../harness/world.js';
import { mutateBytes } from './mutate-bytes.js';

/** Bytes that are hardly HTTP, or HTTP that a proxy could read otherwise: refused, never a 2xx for what is not whole. */
export function abuseCase(world: World, random: SeededRandom): FuzzCase {
  return random.chance(0.5) ? knownAbuse(world, random) : mutatedHead(world, random);
}

function knownAbuse({ keys }: World, random: SeededRandom): FuzzCase {
  const key = `X-API-Key: ${keys.publisher}`;
  const post = (body: string, ...headers: readonly string[]) =>
    [
      `POST /v1/events/customer-purchase HTTP/1.1`,
      'Host: x',
      key,
      'Content-Type: application/json',
      ...headers,
      '',
      body,
    ].join('\r\n');
  const get = (...headers: readonly string[]) =>
    ['GET /v1/event-types HTTP/1.1', 'Host: x', key, ...headers, '', ''].join('\r\n');
  const text = random.pick<string>([
    post('0\r\n\r\n', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
    post('0\r\n\r\n', 'Transfer-Encoding: chunked', 'Content-Length: 5'),
    post('0\r\n\r\n', 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity'),
    post('0\r\n\r\n', 'Transfer-Encoding: gzip, chunked'),
    post('0\r\n\r\n', 'Transfer-Encoding: xchunked'),
    post('0\r\n\r\n', 'Transfer-Encoding : chunked'),
    post('{}', 'Content-Length: 2', 'Content-Length: 2'),
    post('{}', 'Content-Length: 2, 2'),
    post('{}', 'Content-Length: +2'),
    post('{}', 'Content-Length: 0x2'),
    post('{}', 'Content-Length: 99999999999999999999'),
    post('{"a"', 'Content-Length: 400'),
    post('zz\r\n{}\r\n0\r\n\r\n', 'Transfer-Encoding: chunked'),
    post('2\n{}\n0\n\n', 'Transfer-Encoding: chunked'),
    post('ffffffffffffffff\r\n{}\r\n0\r\n\r\n', 'Transfer-Encoding: chunked'),
    post(`2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`, 'Transfer-Encoding: chunked'),
    get('A: b\r\n c'),
    get('A : b'),
    get('A: b\nC: d'),
    get('A: b\rC: d'),
    get('A: b\0c'),
    get(': x'),
    get(...Array.from({ length: 4_000 }, () => 'a:')),
    get('Host: y'),
    get().replace('Host: x', 'Host: a b'),
    get().replace('Host: x\r\n', ''),
    get().replace('HTTP/1.1', 'HTTP/1.2'),
    get().replace('HTTP/1.1', 'HTTP/2.0'),
    get().replace('GET', 'G\u00cbT'),
    get().replaceAll('\r\n', '\n'),
    get().replaceAll('\r\n', '\r'),
    get().replace('/v1/event-types', 'v1/event-types'),
    get().replace('/v1/event-types', '/v1/event-types\u00e4'),
    'CONNECT example.org:443 HTTP/1.1\r\nHost: x\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    `GET /${'x'.repeat(17_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    'hello\r\n\r\n',
  ]);
  const bytes = Buffer.from(text, 'latin1');
  const at = random.between(0, bytes.length);
  const pieces = random.chance(0.3) ? [bytes.subarray(0, at), bytes.subarray(at)] : [bytes];
  return { kind: 'abuse', name: 'abuse', pieces, judge: (answers) => refusedOnce(answers, text) };
}

function refusedOnce(answers: readonly Answer[], text: string): readonly string[] {
  const statuses = answers.map(({ status }) => status);
  const isRefused = statuses.length === 1 && [400, 404, 413, 431].includes(statuses[0] ?? 0);
  return isRefused ? [] : [`abuse answered with [${statuses.join()}]: ${JSON.stringify(text.slice(0, 300))}`];
}

/** A good GET with bytes changed in its head: any answer is right that is one, but only one per request line. */
function mutatedHead({ keys }: World, random: SeededRandom): FuzzCase {
  const whole = requestBytes({ method: 'GET', target: '/v1/event-types', apiKey: keys.publisher });
  return { kind: 'abuse', name: 'mutated head', pieces: [mutateBytes(whole, random)], judge: () => [] };
}
