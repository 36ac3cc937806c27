import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { PROBLEM_TYPES } from '../../src/http/problem-types.js';

const text = readFileSync(new URL('../../docs/sending-events.md', import.meta.url), 'utf8');
/** `| 400 | `slug` | **Set aside** | ... |` */
const ROW = /^\| (\d{3}) \| `([a-z-]+)` \| \*\*([A-Z][a-z ]+)\*\* \|/gm;

/** What Dataverse alone is answered with. */
const OF_THE_HOOK = ['hook-unauthenticated', 'malformed-context', 'context-too-large'];

const rows = [...text.matchAll(ROW)].map(([, status, slug = '', action = '']) => ({
  status: Number(status),
  slug,
  action,
}));

/** What a program does that looks at the status alone, as the examples do. */
function actionFor(status: number): string {
  if (status === 408 || status === 429 || status >= 500) return 'Repeat';
  return [401, 403, 404, 405, 415, 417, 431].includes(status) ? 'Stop' : 'Set aside';
}

describe('what to do with each answer', () => {
  it('is said of every problem that a client may meet, once, with its status', () => {
    const told = rows.map(({ slug, status }) => [slug, status]);
    const there = Object.entries(PROBLEM_TYPES).filter(([slug]) => !OF_THE_HOOK.includes(slug));
    expect(told.sort()).toEqual(there.map(([slug, { status }]) => [slug, status]).sort());
  });

  it.each(rows)('can be told from the status: $slug', ({ status, action }) => {
    expect(action).toBe(actionFor(status));
  });

  it('is what the shell of an offline till does', () => {
    const tills = readFileSync(new URL('../../docs/offline-tills.md', import.meta.url), 'utf8');
    const stops = /^ +([\d| ]+)\) echo "call somebody/m.exec(tills)?.[1]?.split(' | ').map(Number);
    expect(stops).toEqual(
      [...new Set(rows.filter(({ action }) => action === 'Stop').map(({ status }) => status))].sort(),
    );
  });
});
