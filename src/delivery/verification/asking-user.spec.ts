import { describe, expect, it } from '@jest/globals';
import type { Passage } from '../passage.js';
import { askingUser } from './asking-user.js';

const NOW = Date.UTC(2026, 0, 5, 8);

interface Standing {
  readonly passage: Passage['kind'];
  readonly hasPassed?: boolean;
  readonly isOwn?: boolean;
}

function asking(standings: Readonly<Record<string, Standing>>): string | null {
  const of = (user: string) => standings[user];
  const passageOf = (kind: Passage['kind']): Passage => (kind === 'probing' ? { kind, since: NOW } : { kind });
  const applicationUsers = Object.keys(standings);
  const gates = { passage: (name: string) => passageOf(of(name.replace('user:', ''))?.passage ?? 'closed') };
  const users = { isHeld: (user: string) => of(user)?.isOwn ?? false };
  const probes = { hasPassed: (user: string) => of(user)?.hasPassed ?? of(user)?.passage === 'open' };
  return askingUser({ applicationUsers, gates, users, probes }, NOW);
}

describe('the application user that asks', () => {
  it.each<[string, Readonly<Record<string, Standing>>, string | null]>([
    ['is its own that gets through', { a: { passage: 'open' }, b: { passage: 'open', isOwn: true } }, 'b'],
    [
      'is its own whose probe came through',
      { a: { passage: 'open' }, b: { passage: 'probing', hasPassed: true, isOwn: true } },
      'b',
    ],
    ["is another's rather than one in doubt", { a: { passage: 'probing', isOwn: true }, b: { passage: 'open' } }, 'b'],
    [
      'is its own in doubt, where nobody gets through',
      { a: { passage: 'probing' }, b: { passage: 'probing', isOwn: true } },
      'b',
    ],
    ["is another's in doubt, where there is none else", { a: { passage: 'closed' }, b: { passage: 'probing' } }, 'b'],
    [
      'is nobody, where all gates are closed',
      { a: { passage: 'closed', isOwn: true }, b: { passage: 'closed' } },
      null,
    ],
  ])('%s', (_who, standings, expected) => {
    expect(asking(standings)).toBe(expected);
  });
});
