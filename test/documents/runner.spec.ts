import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DocumentRun } from './support/document-run.js';
import { differences } from './support/match-answer.js';
import { readDocument } from './support/read-document.js';
import { withFiles } from './support/with-files.js';

const FENCE = '```';
const PUBLISH = `${FENCE}http run
POST /v1/events/customer-purchase
Authorization: Bearer $API_KEY
Content-Type: application/json

{ "purchaseId": "runner-1", "occurredAt": "2026-11-22T10:00:00Z", "storeId": "s", "totalAmount": "1.00", "currencyCode": "EUR" }
${FENCE}
`;

function answer(text: string, marks = 'answer'): string {
  return `${FENCE}http ${marks}\n${text}\n${FENCE}\n`;
}

let run: DocumentRun;
beforeAll(async () => {
  run = await DocumentRun.start({ settings: { LOG_LEVEL: 'warn' }, beginsEmpty: false, steps: [] });
});
afterAll(() => run.stop());

describe('a document that is run', () => {
  it('carries ids, variables, files and the mood of Dataverse from one example to the next', async () => {
    const document = readDocument(`
<!-- dataverse: away -->
${PUBLISH}${answer('HTTP/1.1 202 Accepted\n\n{ "id": "019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70", "status": "pending" }')}
${FENCE}json file=ids.json
{ "id": "019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70" }
${FENCE}
${FENCE}typescript run file=read.ts
import { readFileSync } from 'node:fs';
const { id }: { id: string } = JSON.parse(readFileSync('ids.json', 'utf8'));
const answer = await fetch(\`\${process.env.GATEWAY}/v1/events/\${id}\`, { headers: { 'X-API-Key': process.env.API_KEY ?? '' } });
console.log(await answer.text());
${FENCE}
${FENCE}json answer
{ "id": "019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70", "acceptedAt": "2026-11-22T10:00:00.123Z", "client": "pos-..." }
${FENCE}
<!-- dataverse: back -->
${FENCE}bash run
business-events-gateway events show 019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70 --json
${FENCE}
${FENCE}json answer eventually
{ "status": "delivered" }
${FENCE}
${FENCE}bash run exit=4
business-events-gateway events show 019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d71
${FENCE}
`);
    await run.run(document.steps);
  });

  it.each([
    ['another status', `${PUBLISH}${answer('HTTP/1.1 400 Bad Request')}`, /line 2.*400 Bad Request is shown, 202/s],
    ['a member that is not there', `${PUBLISH}${answer('202\n\n{ "nothing": 1 }')}`, /nothing.*undefined/s],
    ['a header that is not there', `${PUBLISH}${answer('202\nX-Nothing: 1')}`, /X-Nothing/],
    ['a refusal where no answer is shown', PUBLISH.replace('"1.00"', '1'), /400.*invalid-event/s],
    ['a command that fails', `${FENCE}bash run\nfalse\n${FENCE}`, /ended with 1/],
    ['other output', `${FENCE}bash run\necho one\n${FENCE}\n${FENCE}text answer\ntwo\n${FENCE}`, /two.*one/s],
  ])('fails on %s, and says where', async (_, text, message) => {
    await expect(run.run(readDocument(`\n${text}`).steps)).rejects.toThrow(message);
  });

  it.each([
    ['a block without an end', `${FENCE}bash run\n`, /does not end/],
    ['an answer to nothing', answer('202'), /answer to nothing/],
    ['a program without a file', `${FENCE}typescript run\n${FENCE}`, /needs file/],
    ['a mood nobody knows', '<!-- dataverse: gone -->', /away or back/],
  ])('is refused with %s', (_, text, message) => {
    expect(() => readDocument(text)).toThrow(message);
  });
});

describe('a document', () => {
  it('says what settings its gateway needs', () => {
    const { settings } = readDocument('<!-- gateway: CLIENT_RATE=5 OIDC_ISSUER=https://issuer.example/?a=b -->');
    expect(settings).toEqual({ CLIENT_RATE: '5', OIDC_ISSUER: 'https://issuer.example/?a=b' });
  });
});

describe('a setting that names a file', () => {
  it('means the file that the document shows, which only its owner can read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gateway-document-'));
    const text = `<!-- gateway: HOOK_AUTH_FILE=auth.json OTHER_FILE=/else/where LOG_LEVEL=auth.json -->
${FENCE}json file=auth.json
{ "kind": "anonymous" }
${FENCE}
`;
    const path = join(folder, 'auth.json');
    const settings = await withFiles(readDocument(text), folder);
    expect(settings).toEqual({ HOOK_AUTH_FILE: path, OTHER_FILE: '/else/where', LOG_LEVEL: 'auth.json' });
    expect(await readFile(path, 'utf8')).toBe('{ "kind": "anonymous" }\n');
    expect((await stat(path)).mode & 0o077).toBe(0);
    await rm(folder, { recursive: true });
  });
});

describe('a document about a new environment', () => {
  it('begins with a Dataverse that has nothing', () => {
    expect(readDocument('<!-- dataverse: empty -->').beginsEmpty).toBe(true);
    expect(readDocument('<!-- dataverse: away -->').beginsEmpty).toBe(false);
  });
});

describe('an answer', () => {
  const id = '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70';
  const other = '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d71';

  it.each<[string, unknown, unknown, number]>([
    ['another text', 'a', 'b', 1],
    ['another number', 1, 2, 1],
    ['null for a text', 'a', null, 1],
    ['fewer items', [1, 2], [1], 1],
    ['more items', [1], [1, 2], 1],
    ['more items than an open list shows', [1, '...'], [1, 2, 3], 0],
    ['members not shown', { a: 1 }, { a: 1, b: 2 }, 0],
    ['a member missing', { a: 1, b: 2 }, { a: 1 }, 1],
    ['another instant', '2026-11-22T10:00:00Z', '2027-01-01T00:00:00.123Z', 0],
    ['no instant', '2026-11-22T10:00:00Z', 'soon', 1],
    ['anything after an ellipsis', '/v1/...', '/v1/events', 0],
    ['one id for another everywhere', [id, id], [other, other], 0],
    ['two ids for one', [id, id], [id, other], 1],
  ])('with %s', (_, shown, real, count) => {
    expect(differences(shown, real, new Map())).toHaveLength(count);
  });
});
