import { Injectable } from '@nestjs/common';
import { ProblemError } from '../http/problem.error.js';
import { AcceptQueue } from './accept-queue.js';
import { Backlog } from './backlog.js';
import { type Closing, NO_PRESSURE, type Pressure, type PressureReading, pressureAfter } from './pressure.js';

/**
 * Decides whether events are let in; nothing else does. Asking costs a few comparisons: disk, backlog and event loop
 * are measured elsewhere and told to it. It never keeps anybody from reading events.
 */
@Injectable()
export class AcceptanceGate {
  readonly queue = new AcceptQueue();
  private isStopping = false;
  private readonly closeListeners = new Set<() => void>();
  private pressure: Pressure = NO_PRESSURE;

  constructor(readonly backlog: Backlog) {}

  /** For good: a process that stops does not start again. */
  close(): void {
    this.isStopping = true;
    for (const listener of this.closeListeners) listener();
  }

  /** Calls this when the process stops and work that waits for a client must end; returns how to cancel that. */
  onClose(listener: () => void): () => void {
    this.closeListeners.add(listener);
    return () => this.closeListeners.delete(listener);
  }

  /** Takes over a measurement. */
  observe(reading: PressureReading): void {
    this.pressure = pressureAfter(this.pressure, reading);
  }

  /** Throws the 503 problem for a request that must not even be read. */
  requireOpen(): void {
    const closing = this.closedToAll();
    if (closing !== null) throw refusalFor(closing);
  }

  /** Why this many new events are not let in, or null where they are. */
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

/**
 * The 503 problem that says why an event is not let in: always the same object, for an error with a stack costs 10 us.
 */
export function refusalFor(closing: Closing): ProblemError {
  return REFUSALS[closing];
}

const REFUSALS: Readonly<Record<Closing, ProblemError>> = {
  'shutting-down': refusal('shutting-down', 'The gateway is stopping; nothing was stored.', {
    'Retry-After': '5',
    Connection: 'close',
  }),
  overloaded: refusal('overloaded', 'More arrives than can be stored in time; nothing was stored.', {
    'Retry-After': '2',
  }),
  'storage-full': refusal('storage-full', 'The disk is nearly full; nothing was stored.', { 'Retry-After': '30' }),
  'backlog-full': refusal('backlog-full', 'Too many events wait for delivery; nothing was stored.', {
    'Retry-After': '15',
  }),
};

function refusal(closing: Closing, detail: string, headers: Readonly<Record<string, string>>): ProblemError {
  return new ProblemError(closing, detail, { headers });
}
