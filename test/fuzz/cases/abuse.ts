import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import type { Answer } from '../harness/answer-reader.js';
import type { FuzzCase } from '../harness/fuzz-case.js';
import type { World } from '../harness/world.js';

/** Bytes that are hardly HTTP, or HTTP that a proxy could read otherwise: refused once, never a 2xx for what is not whole. */
export function abuseCase({ keys }: World, random: SeededRandom): FuzzCase {
  const [text, status] = random.pick(abuses(keys.publisher));
  const bytes = Buffer.from(text, 'latin1');
  const at = random.between(0, bytes.length);
  const pieces = random.chance(0.3) ? [bytes.subarray(0, at), bytes.subarray(at)] : [bytes];
  return { kind: 'abuse', name: 'abuse', pieces, judge: (answers) => refusedOnce(answers, status, text) };
}

function refusedOnce(answers: readonly Answer[], status: number, text: string): readonly string[] {
  const statuses = answers.map((answer) => answer.status).join();
  return statuses === String(status)
    ? []
    : [`abuse answered with [${statuses}] in place of ${status}: ${JSON.stringify(text.slice(0, 300))}`];
}

function abuses(apiKey: string): readonly (readonly [text: string, status: number])[] {
  const key = `X-API-Key: ${apiKey}`;
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
  const malformed = [
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
    get('A: b\r\n c'),
    get('A : b'),
    get('A: b\nC: d'),
    get('A: b\rC: d'),
    get('A: b\0c'),
    get(': x'),
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
    'hello\r\n\r\n',
  ];
  return [
    ...malformed.map((text) => [text, 400] as const),
    [post(`2;${'x'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`, 'Transfer-Encoding: chunked'), 413],
    [get(...Array.from({ length: 4_000 }, () => 'a:')), 431],
    [`GET /${'x'.repeat(17_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
  ];
}
