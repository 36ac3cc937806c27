import type { NoToken } from './access-token.js';
import { ENTRA_CODES } from './entra-codes.js';

/** Why an application user has no token, and what to do about it, for a person at a terminal. */
export function tokenFailureInWords({ detail, code, status }: NoToken): string {
  const known = ENTRA_CODES.get(code ?? '');
  if (known !== undefined) return `${detail} (${code}). ${known.advice}`;
  const facts = [...(status === null ? [] : [`HTTP ${status}`]), ...(code === null ? [] : [code])];
  return facts.length === 0 ? detail : `${detail} (${facts.join(', ')})`;
}
