import type { Rule } from './check.js';
import { failingCalls, longThrottle } from './dataverse-faults.js';
import type { FaultAction } from './fault-action.js';
import { killAfterAnswer } from './process-faults.js';

/** A gateway with one mistake in it, and what brings it to light. */
export interface Control {
  readonly mistake: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly action: FaultAction;
  readonly steps: number;
  /** What the checker must say. */
  readonly rule: Rule;
  /** Whether it is short enough for every test run. */
  readonly quick: boolean;
}

/** Each must be noticed. */
export const CONTROLS: readonly Control[] = [
  {
    mistake: 'answers 202 before the commit',
    file: 'ingest/intake.js',
    find: 'const results = await this.outbox.append(events);',
    replace: `this.outbox.append(events).catch(() => undefined);
      const results = events.map(({ id }) => ({ kind: 'accepted', id, status: 'pending', acceptedAt: Date.now() }));`,
    action: killAfterAnswer,
    steps: 5,
    rule: 'lost',
    quick: true,
  },
  {
    mistake: 'stores a repeated key once more',
    file: 'outbox/sqlite/operations/append.js',
    find: 'event.keyKind, event.key, ',
    replace: 'event.keyKind, event.key + Math.random(), ',
    action: failingCalls,
    steps: 1,
    rule: 'doubled',
    quick: true,
  },
  {
    mistake: 'ignores Retry-After',
    file: 'dataverse/retry-after.js',
    find: "headers.get('retry-after')?.trim() ?? ''",
    replace: "'0'",
    action: longThrottle,
    steps: 1,
    rule: 'early-call',
    quick: true,
  },
  {
    mistake: 'lets the next of a key pass one that failed',
    file: 'outbox/lease-end.js',
    find: 'keepsPlace: true',
    replace: 'keepsPlace: false',
    action: failingCalls,
    steps: 1,
    rule: 'order',
    quick: true,
  },
  {
    mistake: 'takes a failed attempt for a delivered one',
    file: 'outbox/lease-end.js',
    find: "status: 'pending'",
    replace: "status: 'delivered'",
    action: failingCalls,
    steps: 1,
    rule: 'lost',
    quick: false,
  },
  {
    mistake: 'forgets what a dead process held',
    file: 'outbox/sqlite/operations/find-lost-leases.js',
    find: 'return rows.map(claimedEvent);',
    replace: 'return rows.slice(rows.length).map(claimedEvent);',
    action: killAfterAnswer,
    steps: 4,
    rule: 'lost',
    quick: false,
  },
  {
    mistake: 'rounds amounts',
    file: 'dataverse/encode-parameters.js',
    find: "if (typeof value === 'string' && JSON_NUMBER.test(value))\n        return value;",
    replace: "if (typeof value === 'string') return String(Number(value));",
    action: failingCalls,
    steps: 1,
    rule: 'altered',
    quick: true,
  },
];
