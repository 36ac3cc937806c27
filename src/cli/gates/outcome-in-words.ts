import type { GateRecord } from '../../outbox/gate-store.js';

/**
 * What came of a probe, in a sentence for people: `asked` is the gate as the probe left it, `outcome` what it was found to
 * be some seconds later, null where nothing had happened by then.
 */
export function outcomeInWords(asked: GateRecord, outcome: GateRecord | null): string {
  const { name } = asked;
  if (outcome === null) return asked.cause === 'drift' ? NOT_VERIFIED_YET : NOT_TRIED_YET;
  if (outcome.pause !== null) return `${name} was paused meanwhile.`;
  if (outcome.cause === null) return `${name} is open: an event was delivered.`;
  if (asked.cause === 'drift' && outcome.cause !== 'drift') return `${name}: ${outcome.detail}.`;
  return `${name} closed again: ${outcome.detail}.`;
}

const LOOK_AGAIN = '`gates list` shows what comes of it';

const NOT_VERIFIED_YET = `To verify what is deployed is asked for, and no gateway has done it yet: is one running on this store? ${LOOK_AGAIN}.`;

const NOT_TRIED_YET = `The next event tries, and none has yet: none is due, or no gateway runs on this store. ${LOOK_AGAIN}.`;
