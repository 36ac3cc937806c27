import type { Clock, EpochMs } from '../kernel/clock.js';
import { messageOf } from '../kernel/message-of.js';
import type { DeliveryJournal } from './delivery-journal.js';
import { wasRolledBack } from './until-stored.js';

const TOLD_EVERY_MS = 60_000;
/** Leases are renewed every ten seconds: within this time, everything that delivery writes has been tried again. */
const QUIET_MS = 15_000;

/**
 * Hears every answer of the store to delivery. Delivery repeats what the store rolls back, sooner or later, and shows
 * nothing; this reports that the store cannot write.
 */
export class StoreWatch {
  /** When the trouble that was told began and was met last, or null while there is none. */
  private trouble: { readonly sinceMs: EpochMs; lastMs: EpochMs } | null = null;
  private toldAt: EpochMs | null = null;

  constructor(
    private readonly journal: DeliveryJournal,
    private readonly clock: Clock,
  ) {}

  /** The same port, with this watching its answers. */
  over<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) => this.hear(String(name), Reflect.apply(member, target, given));
      },
    });
  }

  private hear(call: string, answer: unknown): unknown {
    if (answer instanceof Promise) {
      answer.then(
        () => this.answered(),
        (error: unknown) => {
          if (wasRolledBack(error)) this.refused(call, error);
        },
      );
    }
    return answer;
  }

  private answered(): void {
    if (this.trouble === null) return;
    const now = this.clock.now();
    if (now - this.trouble.lastMs < QUIET_MS) return;
    this.journal.storeBack(now - this.trouble.sinceMs);
    this.trouble = null;
  }

  private refused(call: string, error: unknown): void {
    const now = this.clock.now();
    if (this.trouble !== null) this.trouble.lastMs = now;
    if (this.toldAt !== null && now - this.toldAt < TOLD_EVERY_MS) return;
    this.trouble ??= { sinceMs: now, lastMs: now };
    this.toldAt = now;
    this.journal.storeRefused({ call, detail: messageOf(error) });
  }
}
