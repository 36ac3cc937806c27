import { ProblemError } from '../../http/problem.error.js';
import type { InputFault } from '../../kernel/input-fault.js';
import type { JsonBody } from '../../kernel/strict-json.js';
import type { ContentReader } from '../content-reader.js';
import { timeFaults, withOccurredAt } from './occurrence.js';
import type { ReceivedData } from './received-cloud-event.js';

/** The result of reading a CloudEvent's content; pointers lead into the CloudEvent. */
export interface ReadContent {
  /** Null where it is not valid; the faults say why. */
  readonly content: Readonly<Record<string, unknown>> | null;
  readonly faults: readonly InputFault[];
}

/**
 * Reads the content by the rules of its type. `time`: the attribute, or null. Throws a 400 problem where it is no JSON.
 */
export function readContent(data: ReceivedData, time: string | null, read: ContentReader): ReadContent {
  if (data.kind === 'none') return { content: null, faults: [data.fault] };
  const { json } = data;
  if (json.kind === 'malformed') throw new ProblemError('malformed-json', json.detail);
  const value = withOccurredAt(json.value, time);
  const { content, faults } = judge({ ...json, value }, read);
  // Where `time` is no instant, the fault names the attribute, not the field that it was put into.
  const told = value === json.value ? faults : faults.filter(({ pointer }) => pointer !== '/data/occurredAt');
  return { content, faults: [...told, ...timeFaults(json.value, time)] };
}

function judge(json: JsonBody, read: ContentReader): ReadContent {
  try {
    return { content: read(json), faults: [] };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.slug !== 'invalid-event') throw error;
    const faults = error.errors.map(({ pointer, detail }) => ({ pointer: `/data${pointer}`, detail }));
    return { content: null, faults };
  }
}
