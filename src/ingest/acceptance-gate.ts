import { Injectable } from '@nestjs/common';
import { ProblemError } from '../http/problem.error.js';
import { AcceptQueue } from './accept-queue.js';
import { Backlog } from './backlog.js';
import { type Closing, NO_PRESSURE, type Pressure, type PressureReading, pressureAfter } from './pressure.js';

/**
 * Whether events are let in: the one place that says so. Asking costs a few comparisons; whoever measures (the disk,
 * the backlog, the event loop) tells it from outside. Reads of events go on whatever it says.
 */
@Injectable()
export class AcceptanceGate {
  readonly queue = new AcceptQueue();
  private isStopping = false;
  private pressure: Pressure = NO_PRESSURE;

  constructor(readonly backlog: Backlog) {}

  /** For good: a process that stops does not start again. */
  close(): void {
    this.isStopping = true;
  }

  /** Takes note of a measurement. */
  observe(reading: PressureReading): void {
    this.pressure = pressureAfter(this.pressure, reading);
  }

  /** Throws the 503 problem for a request that is not even to be read. */
  requireOpen(): void {
    const closing = this.closedToAll();
    if (closing !== null) throw refusalFor(closing);
  }

  /** Why so many new events are not let in, or null where they are. */
  closedToNew(count: number): Closing | null {
    const toAll = this.closedToAll();
    if (toAll !== null) return toAll;
    if (this.pressure.isStorageFull) return 'storage-full';
    return this.backlog.hasRoomFor(count) ? null : 'backlog-full';
  }

  private closedToAll(): Closing | null {
    if (this.isStopping) return 'shutting-down';
    return this.pressure.isLoopLate || this.queue.isFull ? 'overloaded' : null;
  }
}

interface Refusal {
  readonly detail: string;
  /** Seconds after which a repeat is worth trying. */
  readonly retryAfter: string;
}

const REFUSALS: Readonly<Record<Closing, Refusal>> = {
  'shutting-down': { detail: 'The gateway is stopping; nothing was stored.', retryAfter: '5' },
  overloaded: { detail: 'More arrives than can be stored in time; nothing was stored.', retryAfter: '2' },
  'storage-full': { detail: 'The disk is nearly full; nothing was stored.', retryAfter: '30' },
  'backlog-full': { detail: 'Too many events wait for delivery; nothing was stored.', retryAfter: '15' },
};

/** The 503 problem that says why an event is not let in. */
export function refusalFor(closing: Closing): ProblemError {
  const { detail, retryAfter } = REFUSALS[closing];
  const headers = { 'Retry-After': retryAfter, ...(closing === 'shutting-down' ? { Connection: 'close' } : {}) };
  return new ProblemError(closing, detail, { headers });
}
