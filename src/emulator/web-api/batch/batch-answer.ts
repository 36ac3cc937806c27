import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Answer } from '../../server/answer.js';

/** The multipart answer to a `$batch`: a part for each operation that ran, in the order of the request. */
export function batchAnswer(status: number, parts: readonly Answer[]): Answer {
  const boundary = `batchresponse_${randomUUID()}`;
  const bodies = parts.map((part) => `--${boundary}\r\n${partText(part)}\r\n`);
  return {
    status,
    headers: { 'content-type': `multipart/mixed; boundary=${boundary}` },
    body: `${bodies.join('')}--${boundary}--\r\n`,
    partStarts: startsOf(bodies, `--${boundary}\r\n`.length),
    errorCode: parts.find(({ errorCode }) => errorCode !== null)?.errorCode ?? null,
  };
}

function startsOf(bodies: readonly string[], boundaryLength: number): readonly number[] {
  const starts = [boundaryLength];
  for (const body of bodies) starts.push((starts.at(-1) ?? 0) + body.length);
  return starts;
}

function partText({ status, headers, body }: Answer): string {
  const lines = [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}`,
    ...(status >= 400 ? [`REQ_ID: ${randomUUID()}`] : []),
    ...Object.entries(headers).map(([name, value]) => `${titleCase(name)}: ${value}`),
    'OData-Version: 4.0',
    '',
    body,
  ];
  return lines.join('\r\n');
}

/** Header names are case-insensitive, but parts are also read by eye. */
function titleCase(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
