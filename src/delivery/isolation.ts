import type { Clock, EpochMs } from '../kernel/clock.js';
import type { HeldEvent } from './held-event.js';
import type { Lane } from './lane.js';

/** How often it asks for a suspect. It asks sooner only if the last time there was one, and nothing else is due. */
const ASK_EVERY_MS = 1_000;

/** An event that is sent alone. */
export interface Suspect {
  readonly lane: Lane;
  readonly held: HeldEvent;
}

/**
 * Keeps an event that may kill its process apart from all others. The store gives out such events one by one; while one
 * is here, nothing else may even be claimed: a lease lost beside it would count against an innocent event.
 */
export class Isolation {
  private suspect: Suspect | null = null;
  private on = false;
  /** Since when other work has had its turn. */
  private othersSince: EpochMs;
  /** Whether there may be one more in the store. */
  private mayBeMore = true;

  constructor(private readonly clock: Clock) {
    this.othersSince = clock.now();
  }

  /** Other work comes first: if the process dies young, it has taken no suspect with it. */
  start(): void {
    this.othersSince = this.clock.now();
  }

  /** From `clear` or `begin` until `end`. */
  get isOn(): boolean {
    return this.on;
  }

  /** Whether nothing else may begin, and no suspect is here yet. */
  get isCleared(): boolean {
    return this.on && this.suspect === null;
  }

  /** Whether to ask for a suspect: after some time of other work, and as soon as no other work is due. */
  isDue(nothingElse: boolean): boolean {
    return (nothingElse && this.mayBeMore) || this.clock.now() - this.othersSince >= ASK_EVERY_MS;
  }

  /** The store had none. */
  missed(): void {
    this.mayBeMore = false;
    this.othersSince = this.clock.now();
  }

  /**
   * Nothing else begins until the work under way has ended. No suspect is leased while it waits for that: should the
   * process die meanwhile, the suspect would lose a life without ever having been sent alone.
   */
  clear(): void {
    this.on = true;
  }

  begin(suspect: Suspect): void {
    this.suspect = suspect;
    this.on = true;
  }

  /** The suspect that waits to be sent; its lease runs meanwhile. */
  get waiting(): HeldEvent | null {
    return this.suspect?.held ?? null;
  }

  /** Hands over the suspect, once. */
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
