import { isInstant } from '../../contract/calendar.js';
import type { InputFault } from '../../kernel/input-fault.js';

/**
 * The content with `time` for the `occurredAt` it lacks: a CloudEvent says when it happened among its attributes, and
 * need not say it twice. Anything that is no object stays as it is.
 */
export function withOccurredAt(content: unknown, time: string | null): unknown {
  if (time === null || !isObject(content)) return content;
  return occurredAtOf(content) === null ? { ...content, occurredAt: time } : content;
}

/** Says so where `time` and `occurredAt` are different instants, to the millisecond: more than that few SDKs carry. */
export function timeFaults(content: unknown, time: string | null): readonly InputFault[] {
  const occurredAt = isObject(content) ? occurredAtOf(content) : null;
  if (time === null || typeof occurredAt !== 'string' || !isInstant(time) || !isInstant(occurredAt)) return [];
  if (Date.parse(time) === Date.parse(occurredAt)) return [];
  return [{ pointer: '/time', detail: 'must be the same instant as /data/occurredAt' }];
}

function occurredAtOf(content: object): unknown {
  return 'occurredAt' in content ? content.occurredAt : null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
