import { assertNever } from '../../kernel/assert-never.js';
import type { FoundGate } from './await-outcome.js';

/** What came of a probe, in a sentence for people. */
export function outcomeInWords({ gate, outcome }: FoundGate): string {
  const { name, cause, detail } = gate;
  switch (outcome) {
    case 'open':
      return `${name} is open: an event was delivered.`;
    case 'fits':
      return `${name}: ${detail}.`;
    case 'closed-again':
      return `${name} closed again: ${detail}.`;
    case 'paused':
      return `${name} was paused meanwhile.`;
    case null:
      return cause === 'drift' ? NOT_VERIFIED_YET : NOT_TRIED_YET;
    default:
      return assertNever(outcome);
  }
}

const LOOK_AGAIN = '`gates list` shows what comes of it';

const NOT_VERIFIED_YET = `To verify what is deployed is asked for, and no gateway has done it yet: is one running on this store? ${LOOK_AGAIN}.`;

const NOT_TRIED_YET = `The next event tries, and none has got through yet: none is due, one is tried again later, or no gateway runs on this store. ${LOOK_AGAIN}.`;
