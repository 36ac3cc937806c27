import type { Clock, EpochMs } from '../kernel/clock.js';
import type { HeldEvent } from './held-event.js';
import type { Lane } from './lane.js';

/** So often a suspect is asked for; more often only where there was one and nothing else is due. */
const ASK_EVERY_MS = 1_000;

/** An event that is to be sent alone. */
export interface Suspect {
  readonly lane: Lane;
  readonly held: HeldEvent;
}

/**
 * Keeps an event that may kill its process apart from all others. The store hands such events out one by one; while there
 * is one here nothing else may even be claimed: a lease lost beside it would count against the innocent.
 */
export class Isolation {
  private suspect: Suspect | null = null;
  private on = false;
  /** Since when other work has its turn. */
  private othersSince: EpochMs;
  /** Whether there may be one more in the store. */
  private mayBeMore = true;

  constructor(private readonly clock: Clock) {
    this.othersSince = clock.now();
  }

  /** Other work has its turn: a process that dies young takes no suspect with it. */
  start(): void {
    this.othersSince = this.clock.now();
  }

  /** From `clear` or `begin` until `end`. */
  get isOn(): boolean {
    return this.on;
  }

  /** Whether nothing else may begin, and no suspect is there yet. */
  get isCleared(): boolean {
    return this.on && this.suspect === null;
  }

  /** Whether to ask for a suspect: after some time of other work, and as soon as none of that is due. */
  isDue(nothingElse: boolean): boolean {
    return (nothingElse && this.mayBeMore) || this.clock.now() - this.othersSince >= ASK_EVERY_MS;
  }

  /** None was found. */
  missed(): void {
    this.mayBeMore = false;
    this.othersSince = this.clock.now();
  }

  /**
   * Nothing else begins until what is under way has ended. No suspect waits for that under its lease: should the process
   * die meanwhile, it would have cost the life of an event that was never sent alone.
   */
  clear(): void {
    this.on = true;
  }

  begin(suspect: Suspect): void {
    this.suspect = suspect;
    this.on = true;
  }

  /** The suspect until it is sent; its lease runs meanwhile. */
  get waiting(): HeldEvent | null {
    return this.suspect?.held ?? null;
  }

  /** Hands the suspect over, once. */
  take(): Suspect | null {
    const { suspect } = this;
    this.suspect = null;
    return suspect;
  }

  /** The suspect has ended, and others come before the next one. */
  end(): void {
    this.on = false;
    this.mayBeMore = true;
    this.othersSince = this.clock.now();
  }
}
