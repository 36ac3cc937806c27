import { isInstant } from '../../contract/calendar.js';
import type { InputFault } from '../../kernel/input-fault.js';

/**
 * Gives the content the attribute `time` as its `occurredAt` where it has none: a CloudEvent need not say twice when it
 * happened. Content that is no object stays as it is.
 */
export function withOccurredAt(content: unknown, time: string | null): unknown {
  if (time === null || !isObject(content)) return content;
  return occurredAtOf(content) === null ? { ...content, occurredAt: time } : content;
}

/** The fault where `time` and `occurredAt` are different instants, to the millisecond: few SDKs are more exact. */
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
