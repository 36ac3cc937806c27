import type { HookAuth } from '../kernel/hook-auth.js';

/** For all secrets of a way together: nobody guesses 16 random characters. */
const LEAST_CHARACTERS = 16;

/** What works but should be changed, about ways to authenticate at /hooks/dataverse; never contains a secret. */
export function hookAuthWarnings(ways: readonly HookAuth[]): readonly string[] {
  const open = ways.some(({ kind }) => kind === 'anonymous');
  const short = ways.some((way) => way.kind !== 'anonymous' && charactersOf(way) < LEAST_CHARACTERS);
  return [...(open ? [OPEN] : []), ...(short ? [SHORT] : [])];
}

const OPEN =
  'lets in whoever calls /hooks/dataverse: who knows the id of an event could confirm it. Leave it so only behind ' +
  'something that authenticates';

const SHORT =
  `holds a secret of fewer than ${LEAST_CHARACTERS} characters: who guesses it could confirm events. Take a long random ` +
  'text, such as `openssl rand -base64 32` prints';

function charactersOf(way: Exclude<HookAuth, { kind: 'anonymous' }>): number {
  if (way.kind === 'webhook-key') return way.key.length;
  const pairs = way.kind === 'http-header' ? way.headers : way.parameters;
  return pairs.reduce((sum, { value }) => sum + value.length, 0);
}
