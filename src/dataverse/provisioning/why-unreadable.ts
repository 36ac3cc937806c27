import type { VerifierVerdict } from '../../delivery/verifier.js';
import { messageOf } from '../../kernel/message-of.js';
import { KNOWN_CODES } from '../known-codes.js';
import { DataverseRefusedError } from '../tables/dataverse-refused.error.js';
import { DataverseThrottledError } from '../tables/dataverse-throttled.error.js';
import { DataverseUnreachableError } from '../tables/dataverse-unreachable.error.js';

/** The verdict where Dataverse did not answer. Its own words name users and hosts: they are for operators. */
export function whyUnreadable(error: unknown): VerifierVerdict {
  const inFull = messageOf(error);
  if (error instanceof DataverseThrottledError && error.isOfUser) {
    return { kind: 'throttled', retryAfterMs: error.retryAfterMs, detail: error.why, inFull };
  }
  return { kind: 'unreadable', detail: forClients(error), inFull };
}

function forClients(error: unknown): string {
  if (error instanceof DataverseRefusedError) {
    const meaning = KNOWN_CODES.get(error.code ?? '')?.meaning;
    const facts = [`HTTP ${error.status}`, error.code, meaning].filter((fact) => fact !== null && fact !== undefined);
    return `Dataverse refused to have it read: ${facts.join(', ')}`;
  }
  if (error instanceof DataverseUnreachableError) return `Dataverse could not be read: ${error.why}`;
  return 'verifying failed';
}
