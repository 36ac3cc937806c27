import type { OnModuleDestroy } from '@nestjs/common';
import type { Timers } from '../../kernel/timers.js';
import { EndBell } from '../../outbox/end-bell.js';
import type { Outbox } from '../../outbox/outbox.js';

/** Callers that may wait at once, in this process and of one client. Each holds a connection and little else. */
const AT_ONCE = 1_000;
const AT_ONCE_OF_CLIENT = 100;

/** Time between two looks into the store: the shorter one while there is a new caller, doubling after that. */
const REST_MS = { shortest: 250, longest: 1_000 };

/** Which event a caller waits for, and how long at most. */
export interface Wait {
  readonly id: string;
  readonly client: string;
  readonly ms: number;
  /** Aborts when the caller is gone. */
  readonly gone: AbortSignal;
}

interface Waiter {
  /** Ends the wait: true where it ended as the caller wished, false where it was cut short. */
  readonly end: (asWished: boolean) => void;
}

/**
 * Lets callers wait until an event is neither pending nor delivering. Delivery in this process tells when an event has
 * ended. What other processes and people do is found by looking into the store, with one look for all who wait.
 */
export class EventWatch extends EndBell implements OnModuleDestroy {
  private readonly waiting = new Map<string, Set<Waiter>>();
  private readonly ofClient = new Map<string, number>();
  private all = 0;
  private restMs = REST_MS.shortest;
  private callOff: (() => void) | null = null;
  private isClosed = false;

  constructor(
    private readonly outbox: Pick<Outbox, 'whichEnded'>,
    private readonly timers: Timers,
  ) {
    super();
  }

  /**
   * Resolves with true when the event has ended or the time is over; with false, at once, where too many wait already
   * or the process stops. Never rejects.
   */
  wait(wish: Wait): Promise<boolean> {
    if (this.isClosed || this.all >= AT_ONCE) return Promise.resolve(false);
    if ((this.ofClient.get(wish.client) ?? 0) >= AT_ONCE_OF_CLIENT) return Promise.resolve(false);
    return new Promise((resolve) => this.begin(wish, resolve));
  }

  override ended(id: string): void {
    for (const waiter of [...(this.waiting.get(id) ?? [])]) waiter.end(true);
  }

  /** Ends every wait at once, now and from now on: a process that stops keeps nobody waiting. */
  close(): void {
    this.isClosed = true;
    for (const waiters of [...this.waiting.values()]) for (const waiter of [...waiters]) waiter.end(false);
  }

  onModuleDestroy(): void {
    this.close();
  }

  private begin({ id, client, ms, gone }: Wait, resolve: (asWished: boolean) => void): void {
    const leave = () => waiter.end(false);
    const callOff = this.timers.after(ms, () => waiter.end(true));
    const waiter: Waiter = {
      end: (asWished) => {
        if (!this.remove(id, client, waiter)) return;
        callOff();
        gone.removeEventListener('abort', leave);
        resolve(asWished);
      },
    };
    this.add(id, client, waiter);
    gone.addEventListener('abort', leave);
    if (gone.aborted) leave();
    // The event may have ended after the caller looked and before it began to wait here.
    else void this.look([id]);
    this.lookSoon();
  }

  private add(id: string, client: string, waiter: Waiter): void {
    const waiters = this.waiting.get(id) ?? new Set();
    this.waiting.set(id, waiters.add(waiter));
    this.ofClient.set(client, (this.ofClient.get(client) ?? 0) + 1);
    this.all += 1;
  }

  private remove(id: string, client: string, waiter: Waiter): boolean {
    const waiters = this.waiting.get(id);
    if (waiters?.delete(waiter) !== true) return false;
    if (waiters.size === 0) this.waiting.delete(id);
    const own = (this.ofClient.get(client) ?? 0) - 1;
    if (own > 0) this.ofClient.set(client, own);
    else this.ofClient.delete(client);
    this.all -= 1;
    if (this.all === 0) this.rest();
    return true;
  }

  /** A newcomer must not wait for a look that was postponed because the others wait long already. */
  private lookSoon(): void {
    if (this.all === 0 || (this.callOff !== null && this.restMs === REST_MS.shortest)) return;
    this.callOff?.();
    this.lookIn(REST_MS.shortest);
  }

  private lookIn(ms: number): void {
    this.restMs = ms;
    this.callOff = this.timers.after(ms, () => {
      this.callOff = null;
      void this.lookAtAll();
    });
  }

  private async lookAtAll(): Promise<void> {
    await this.look([...this.waiting.keys()]);
    // Meanwhile a newcomer has scheduled the next look.
    if (this.all > 0 && this.callOff === null) this.lookIn(Math.min(this.restMs * 2, REST_MS.longest));
  }

  private async look(ids: readonly string[]): Promise<void> {
    try {
      for (const id of await this.outbox.whichEnded(ids)) this.ended(id);
    } catch {
      // A store that does not answer now may answer the next look; the caller's answer is read anew then.
    }
  }

  private rest(): void {
    this.callOff?.();
    this.callOff = null;
    this.restMs = REST_MS.shortest;
  }
}
