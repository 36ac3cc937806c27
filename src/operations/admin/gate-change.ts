import { type JsonReader, objectOf } from '../../kernel/json-reader.js';
import { readFlag } from './flag.js';
import { readReason } from './reason.js';

/** What an operator wants of a gate. A pause needs a reason: others will want to know it. */
export type GateChange =
  | { readonly paused: true; readonly reason: string }
  | { readonly paused: false; readonly reason: string | null };

const readMembers = objectOf({ paused: readFlag, reason: readReason }, ['paused']);

/** Reads the body of a change; it refuses a pause without a reason. */
export const readGateChange: JsonReader<GateChange> = (value, pointer) => {
  const reading = readMembers(value, pointer);
  if (reading.kind === 'refused') return reading;
  const { paused, reason = null } = reading.value;
  if (!paused) return { kind: 'read', value: { paused, reason } };
  if (reason !== null) return { kind: 'read', value: { paused, reason } };
  return { kind: 'refused', faults: [{ pointer: `${pointer}/reason`, detail: 'is required to pause' }] };
};
