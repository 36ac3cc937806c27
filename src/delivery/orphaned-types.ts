import type { EventCatalog } from '../contract/event-catalog.js';
import type { Clock } from '../kernel/clock.js';
import type { Outbox } from '../outbox/outbox.js';
import { typeGate } from './gate-name.js';
import type { Gates } from './gates.js';

/** The detail by which a gate that was closed for want of a definition is known again. */
const DETAIL = 'this version of the gateway has no definition of the event type; its events wait until one has';

/**
 * Stored events whose definition is gone are not claimed, for claims name the types of the catalog. This makes it
 * visible: their type's gate closes, and reopens by itself once the definition is back.
 */
export class OrphanedTypes {
  constructor(
    private readonly outbox: Outbox,
    private readonly gates: Gates,
    private readonly catalog: EventCatalog,
    private readonly clock: Clock,
  ) {}

  async check(): Promise<void> {
    await this.welcomeBack();
    await this.closeOrphaned();
  }

  private async closeOrphaned(): Promise<void> {
    const { counts } = await this.outbox.measure();
    const waiting = counts.filter(
      ({ status, count }) => count > 0 && (status === 'pending' || status === 'delivering'),
    );
    const types = new Set(waiting.map(({ type }) => type));
    const now = this.clock.now();
    const orphaned = [...types].filter(
      (type) => this.catalog.find(type) === null && this.gates.passage(typeGate(type), now).kind !== 'closed',
    );
    const closing = { cause: 'misconfigured', detail: DETAIL, retryAfterMs: null } as const;
    await Promise.all(orphaned.map((type) => this.gates.close(typeGate(type), closing)));
  }

  /** Events of a type that has its definition back need not wait for the gate's time. */
  private async welcomeBack(): Promise<void> {
    const back = this.catalog.types.map(typeGate).filter((name) => this.gates.find(name).detail === DETAIL);
    await Promise.all(back.map((name) => this.gates.reprobe(name)));
  }
}
