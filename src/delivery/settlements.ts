import type { Timers } from '../kernel/timers.js';
import type { Outbox, SettleRequest, SettleResult } from '../outbox/outbox.js';
import { untilStored, wasRolledBack } from './until-stored.js';

interface Waiting {
  readonly request: SettleRequest;
  readonly resolve: (result: SettleResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Settles events in batches: while one call to the store is under way, the next batch gathers. The busier the gateway,
 * the more one commit carries.
 */
export class Settlements {
  private waiting: Waiting[] = [];
  private settling = false;
  private readonly closing = new AbortController();

  constructor(
    private readonly outbox: Outbox,
    private readonly timers: Timers,
  ) {}

  /**
   * Resolves once stored. Settlements that the store rolls back are tried again every second, each alone: one that
   * cannot be stored delays no other.
   */
  settle(request: SettleRequest): Promise<SettleResult> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject });
      if (!this.settling) void this.run();
    });
  }

  /** Gives up settlements that the store keeps rolling back: their leases end, and recovery finds them. */
  stop(): void {
    this.closing.abort();
  }

  private async run(): Promise<void> {
    this.settling = true;
    // Events settled in the same turn of the event loop belong to this batch.
    await Promise.resolve();
    while (this.waiting.length > 0) await this.settleBatch(this.waiting.splice(0));
    this.settling = false;
  }

  private async settleBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.outbox.settle(batch.map(({ request }) => request));
      for (const [index, waiting] of batch.entries()) waiting.resolve(results[index] ?? 'stale');
    } catch (error) {
      for (const waiting of batch) {
        // Nothing waits for these here: the next batch goes on beside them.
        if (wasRolledBack(error)) void this.settleAlone(waiting);
        else waiting.reject(error);
      }
    }
  }

  private async settleAlone({ request, resolve, reject }: Waiting): Promise<void> {
    try {
      const [result] = await untilStored(() => this.outbox.settle([request]), this.timers, this.closing.signal);
      resolve(result ?? 'stale');
    } catch (error) {
      reject(error);
    }
  }
}
