import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, type FaultSubject, matches } from './fault.js';
import { faultyOrder } from './faulty-order.js';

/** A fault that waits for its requests. */
export interface OrderedFault {
  readonly fault: Fault;
  /** How many more requests it will strike, or null for all. */
  readonly remaining: number | null;
  /** How many requests it has met. */
  readonly met: number;
}

interface Waiting {
  readonly fault: Fault;
  remaining: number | null;
  met: number;
  /** Requests that matched, whether it struck or passed them over. */
  seen: number;
}

/** A fault on its way to a request. */
export interface StruckFault {
  readonly fault: Fault;
  /** Ends a hang. A release counts from the moment the request was struck, even before it hangs. */
  readonly released: Promise<'released' | 'stopped'>;
}

/** The ordered faults, of which the first ordered strikes first, and the requests they hold. */
export class Faults {
  #waiting: Waiting[] = [];
  #release = Promise.withResolvers<'released' | 'stopped'>();
  readonly #stopped = new AbortController();

  /** Throws where the order contradicts itself. */
  order(fault: Fault): void {
    const detail = faultyOrder(fault);
    if (detail !== null) throw new Error(detail);
    this.#waiting.push({ fault, remaining: fault.times === undefined ? 1 : fault.times, met: 0, seen: 0 });
  }

  list(): readonly OrderedFault[] {
    return this.#waiting.map(({ fault, remaining, met }) => ({ fault, remaining, met }));
  }

  /** Removes every fault and releases every hanging request. */
  clear(): void {
    this.#waiting = [];
    this.releaseHanging();
  }

  /** The fault for a request, which counts as used by it; null where none matches. */
  take(subject: FaultSubject): StruckFault | null {
    if (this.#waiting.length === 0) return null;
    const hit = this.#waiting.find((waiting) => this.#isDue(waiting, subject));
    if (hit === undefined) return null;
    hit.met += 1;
    if (hit.remaining !== null) hit.remaining -= 1;
    if (hit.remaining === 0) this.#waiting = this.#waiting.filter((waiting) => waiting !== hit);
    return { fault: hit.fault, released: this.#release.promise };
  }

  /**
   * Waits for the delay of a fault, and where it hangs, until released; false when nobody waits for the answer any
   * more.
   */
  async holdUp({ fault, released }: StruckFault, gone: () => Promise<void>): Promise<boolean> {
    if (fault.delayMs !== undefined && !(await this.wait(fault.delayMs))) return false;
    if (fault.kind !== 'hang') return true;
    const end = await Promise.race([released, gone().then(() => 'gone' as const)]);
    return end === 'released';
  }

  /** Artificial time; false when the emulator stopped meanwhile. */
  async wait(ms: number): Promise<boolean> {
    try {
      await sleep(ms, undefined, { signal: this.#stopped.signal });
      return true;
    } catch {
      return false;
    }
  }

  /** Lets every hanging request go on where it was held. */
  releaseHanging(): void {
    const { resolve } = this.#release;
    this.#release = Promise.withResolvers();
    resolve('released');
  }

  /** Ends every wait, so that no timer outlives the emulator. */
  stop(): void {
    this.#waiting = [];
    this.#stopped.abort();
    this.#release.resolve('stopped');
  }

  #isDue(waiting: Waiting, subject: FaultSubject): boolean {
    if (!matches(waiting.fault.match ?? {}, subject)) return false;
    waiting.seen += 1;
    return waiting.seen % (waiting.fault.every ?? 1) === 0;
  }
}
