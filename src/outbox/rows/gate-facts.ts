import { listOf } from '../../kernel/json-combinators.js';
import { objectOf, reader } from '../../kernel/json-reader.js';
import type { GateRecord } from '../gate-store.js';
import type { RecreationFacts } from '../recreation-facts.js';

/**
 * Facts about a gate that a program keeps for itself or another program; people read `detail` and the reason of a
 * pause.
 */
export interface GateFacts {
  readonly recreation?: RecreationFacts;
  readonly unread?: string;
}

const text = reader((value): value is string => typeof value === 'string', 'must be a text');
const textOrNull = reader((value) => value === null || typeof value === 'string', 'must be a text or null');
const integer = reader((value): value is number => Number.isSafeInteger(value), 'must be an integer');

const recreation = objectOf(
  { customApi: text, process: integer, host: text, at: integer, wishedBy: listOf(text), executePrivilege: textOrNull },
  ['customApi', 'process', 'host', 'at', 'wishedBy', 'executePrivilege'],
);

const stored = objectOf({ revision: integer, recreation, unread: text }, ['revision']);

/** The column `facts` of a gate, or null where there are none. */
export function writeFacts({ revision, pause, unread }: GateRecord): string | null {
  const facts: GateFacts = {
    ...(pause?.recreation && { recreation: pause.recreation }),
    ...(unread !== null && { unread }),
  };
  return Object.keys(facts).length === 0 ? null : JSON.stringify({ revision, ...facts });
}

/**
 * Reads them back. An older version of the gateway, which does not know facts, changes a gate and leaves them as they
 * are. So facts count only for the revision they were written with, and not at all if anything about them is not as
 * this version writes it.
 */
export function readFacts(facts: string | null, revision: number): GateFacts {
  const reading = stored(parse(facts), '');
  if (reading.kind === 'refused') return {};
  const { revision: writtenWith, ...known } = reading.value;
  return writtenWith === revision ? known : {};
}

function parse(facts: string | null): unknown {
  try {
    return facts === null ? null : JSON.parse(facts);
  } catch {
    return null;
  }
}
