import type { EventCatalog } from '../contract/event-catalog.js';
import type { Clock } from '../kernel/clock.js';
import type { EventStatus } from '../outbox/event-record.js';
import type { Outbox, OutboxGauges } from '../outbox/outbox.js';
import { typeGate } from './gate-name.js';
import type { Gates } from './gates.js';

/** The detail that marks a gate as closed because the definition is missing. */
const DETAIL = 'this version of the gateway has no definition of the event type; its events wait until one has';

/**
 * Claims name the types of the catalog, so stored events whose definition is gone are never claimed. This makes that
 * visible: the gate of their type closes, and reopens by itself once the definition is back. It does not close while
 * another process still has the definition, as during a rollout: a type whose events are delivered between two looks
 * has an owner.
 */
export class OrphanedTypes {
  /** How many events of each type had been delivered at the last look; null before the first. */
  private deliveredBefore: ReadonlyMap<string, number> | null = null;

  constructor(
    private readonly outbox: Pick<Outbox, 'measure'>,
    private readonly gates: Gates,
    private readonly catalog: EventCatalog,
    private readonly clock: Clock,
  ) {}

  async check(): Promise<void> {
    await this.welcomeBack();
    await this.closeOrphaned();
  }

  private async closeOrphaned(): Promise<void> {
    const gauges = await this.outbox.measure();
    const before = this.deliveredBefore;
    const delivered = deliveredByType(gauges);
    this.deliveredBefore = delivered;
    if (before === null) return;
    const now = this.clock.now();
    const isCarried = (type: string) => (delivered.get(type) ?? 0) > (before.get(type) ?? 0);
    const orphaned = standingStill(gauges).filter(
      (type) =>
        this.catalog.find(type) === null &&
        !isCarried(type) &&
        this.gates.passage(typeGate(type), now).kind !== 'closed',
    );
    const closing = { cause: 'misconfigured', detail: DETAIL, retryAfterMs: null } as const;
    await Promise.all(orphaned.map((type) => this.gates.close(typeGate(type), closing)));
  }

  /** Events of a type whose definition is back need not wait for the gate's time. */
  private async welcomeBack(): Promise<void> {
    const back = this.catalog.types.map(typeGate).filter((name) => this.gates.find(name).detail === DETAIL);
    await Promise.all(back.map((name) => this.gates.reprobe(name)));
  }
}

/** Types with events that wait and none under way. */
function standingStill({ counts }: OutboxGauges): readonly string[] {
  const having = (status: EventStatus) =>
    new Set(counts.filter((one) => one.status === status && one.count > 0).map(({ type }) => type));
  return [...having('pending').difference(having('delivering'))];
}

/** Those that retention has removed count on: otherwise a removal would hide a delivery. */
function deliveredByType({ counts, removed }: OutboxGauges): ReadonlyMap<string, number> {
  const delivered = new Map<string, number>();
  for (const { type, count } of [...counts.filter(({ status }) => status === 'delivered'), ...removed]) {
    delivered.set(type, (delivered.get(type) ?? 0) + count);
  }
  return delivered;
}
