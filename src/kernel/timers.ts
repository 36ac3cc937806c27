/** Waiting, injected beside the clock so that tests can let hours pass in milliseconds. */
export abstract class Timers {
  /** Calls `ring` once, no sooner than `ms` from now; the function it returns calls that off. */
  abstract after(ms: number, ring: () => void): () => void;
}

export class SystemTimers extends Timers {
  override after(ms: number, ring: () => void): () => void {
    const timer = setTimeout(ring, ms);
    return () => clearTimeout(timer);
  }
}
