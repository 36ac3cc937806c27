import { listOf } from '../../kernel/json-combinators.js';
import { objectOf, reader } from '../../kernel/json-reader.js';
import type { GateRecord } from '../gate-store.js';

/**
 * Facts about a gate that a program keeps for itself or another program; people read `detail` and the reason of a
 * pause.
 */
export type GateFacts = Pick<GateRecord, 'recreation' | 'unread'>;

const text = reader((value): value is string => typeof value === 'string', 'must be a text');
const textOrNull = reader((value) => value === null || typeof value === 'string', 'must be a text or null');
const integer = reader((value): value is number => Number.isSafeInteger(value), 'must be an integer');

const pause = objectOf({ by: text, reason: text, since: integer }, ['by', 'reason', 'since']);

const recreation = objectOf(
  {
    ...{ customApi: text, process: integer, host: text, at: integer },
    ...{ wishedBy: listOf(text), executePrivilege: textOrNull, pause },
  },
  ['customApi', 'process', 'host', 'at', 'wishedBy', 'executePrivilege', 'pause'],
);

const unread = objectOf({ finding: text, detail: textOrNull }, ['finding', 'detail']);

const stored = objectOf({ recreation, unread }, []);

/** The column `facts` of a gate, or null where there are none. */
export function writeFacts(gate: GateRecord): string | null {
  if (gate.recreation === null && gate.unread === null) return null;
  return JSON.stringify({
    ...(gate.recreation !== null && { recreation: gate.recreation }),
    ...(gate.unread !== null && { unread: { finding: gate.unread, detail: gate.detail } }),
  });
}

/**
 * Reads them back, if they are exactly as this version writes them. An older version of the gateway, which does not
 * know facts, leaves them as they are when it changes a gate. A recreation stays true then, for only `apply` begins and
 * completes one. An unread finding counts only beside the detail that was written with it.
 */
export function readFacts(facts: string | null, detail: string | null): GateFacts {
  const reading = stored(parse(facts), '');
  if (reading.kind === 'refused') return { recreation: null, unread: null };
  const known = reading.value;
  const finding = known.unread?.detail === detail ? known.unread.finding : null;
  return { recreation: known.recreation ?? null, unread: finding };
}

function parse(facts: string | null): unknown {
  try {
    return facts === null ? null : JSON.parse(facts);
  } catch {
    return null;
  }
}
