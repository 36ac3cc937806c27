import fc from 'fast-check';
import type { EventFilter } from '../../../src/outbox/event-query.js';
import type { NewEvent } from '../../../src/outbox/event-record.js';
import type { ClaimRequest } from '../../../src/outbox/outbox.js';
import { CLOCK_DOUBT_MS } from '../../../src/outbox/rows/stored-event.js';
import type { Settlement } from '../../../src/outbox/settlement.js';
import { LEASE_MS, NO_COUNTS } from './events.js';

/**
 * One step of a random walk. `lease` picks, modulo, one of the leases there ever were: most of them
 * are gone; `event` one of the events there ever were.
 */
export type Command =
  | { readonly kind: 'append'; readonly events: readonly Partial<NewEvent>[] }
  | { readonly kind: 'claim'; readonly request: Partial<ClaimRequest> }
  | { readonly kind: 'settle'; readonly ends: readonly { readonly lease: number; readonly settlement: Settlement }[] }
  | { readonly kind: 'confirm'; readonly receipts: readonly TakenReceipt[] }
  | { readonly kind: 'mark overdue' }
  | { readonly kind: 'close gate'; readonly name: string; readonly ms: number }
  | { readonly kind: 'find lost'; readonly besides: string }
  | { readonly kind: 'act'; readonly deed: 'replay' | 'force' | 'cancel' | 'erase'; readonly event: number }
  | { readonly kind: 'replay many'; readonly filter: EventFilter; readonly force: boolean; readonly limit: number }
  | { readonly kind: 'sweep'; readonly what: 'removeEnded' | 'clearData'; readonly olderThanMs: number }
  | { readonly kind: 'wait'; readonly ms: number };

/** A receipt of an event there is; `raisedAfterMs` counts from now, by Dataverse's clock, null where that is not told. */
interface TakenReceipt {
  readonly event: number;
  readonly step: string;
  readonly operation: string;
  readonly raisedAfterMs: number | null;
}

const type = fc.constantFrom('CustomerPurchase', 'VendorPaymentPosted');
const owner = fc.constantFrom('owner-1', 'owner-2');
const user = fc.constantFrom('user-1', 'user-2');

/** Few keys, so that they collide; few ordering keys, so that lines form. */
const event = fc.record({
  type,
  client: fc.constantFrom('pos', 'erp', 'web'),
  key: fc.nat(30).map((n) => `key-${n}`),
  fingerprint: fc.constantFrom('one', 'one', 'one', 'other'),
  orderingKey: fc.constantFrom(null, 'V-1', 'V-2'),
});

const counts = fc
  .record({ attempts: fc.nat(9), lostLeases: fc.constantFrom(0, 0, 1, 2, 2, 3) })
  .map((some) => ({ ...NO_COUNTS, ...some }));

const settlement: fc.Arbitrary<Settlement> = fc.oneof(
  fc.record(
    { kind: fc.constant('delivered' as const), counts, confirmWithinMs: fc.constantFrom(0, 400, 2500) },
    { requiredKeys: ['kind', 'counts'] },
  ),
  fc.record({ kind: fc.constant('retry' as const), delayMs: fc.constantFrom(0, 1, 500, 3000), counts }),
  fc.record({ kind: fc.constant('dead' as const), reason: fc.constant('rejected'), blocksKey: fc.boolean(), counts }),
);

const request = fc.record({
  kind: fc.constantFrom('ordinary' as const, 'ordinary' as const, 'suspect' as const),
  owner,
  applicationUser: user,
  limit: fc.nat(6),
  wanted: fc.constantFrom(
    [{ type: 'CustomerPurchase', limit: 9 }],
    [
      { type: 'VendorPaymentPosted', limit: 2 },
      { type: 'CustomerPurchase', limit: 1 },
    ],
  ),
});

const act = fc.record({
  kind: fc.constant('act' as const),
  deed: fc.constantFrom('replay', 'replay', 'force', 'cancel', 'erase'),
  event: fc.nat(),
});

const replayMany = fc.record({
  kind: fc.constant('replay many' as const),
  filter: fc.constantFrom<EventFilter>(
    {},
    { type: 'CustomerPurchase' },
    { client: 'erp' },
    { blocking: true },
    { overdue: true },
  ),
  force: fc.constantFrom(false, false, true),
  limit: fc.constantFrom(1, 3),
});

const sweep = fc.record({
  kind: fc.constant('sweep' as const),
  what: fc.constantFrom('removeEnded', 'clearData'),
  olderThanMs: fc.constantFrom(0, 400, 2500),
});

const gate = fc.oneof(
  type.map((name) => `type:${name}`),
  user.map((name) => `user:${name}`),
  fc.tuple(user, type).map(([u, t]) => `user:${u}+type:${t}`),
);

/** Few steps and operations, so that some are told again. */
const receipt = fc.record({
  event: fc.nat(),
  step: fc.constantFrom('step-1', 'step-1', 'step-2'),
  operation: fc.nat(5).map((n) => `job-${n}`),
  raisedAfterMs: fc.constantFrom(null, -2500, 0, CLOCK_DOUBT_MS),
});

const end = fc.record({ lease: fc.nat(), settlement });

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      events: fc.array(event, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('claim' as const), request }) },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('settle' as const), ends: fc.array(end, { minLength: 1, maxLength: 4 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('confirm' as const),
      receipts: fc.array(receipt, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'mark overdue' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('close gate' as const), name: gate, ms: fc.constantFrom(1, 400, 2000) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('find lost' as const), besides: owner }) },
  { weight: 4, arbitrary: act },
  { weight: 1, arbitrary: replayMany },
  { weight: 1, arbitrary: sweep },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1, 400, 2500, LEASE_MS) }),
  },
);

/** A random walk through the life of an outbox. */
export const commands = fc.array(command, { minLength: 10, maxLength: 100, size: 'max' });
