const LOOK_EVERY_MS = 20;
/** A gap this long between two looks is a stall: of the machine, or of this process alone. */
const STALL_MS = 200;

/** Remembers when this process, and with it the emulated Dataverse, stood still: what it read then had come before. */
export class OwnStalls {
  private readonly stalls: { readonly from: number; readonly to: number }[] = [];
  private readonly timer: NodeJS.Timeout;
  private lookedAt = Date.now();

  constructor() {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
  }

  /** How much of a span of time it stood still. */
  within(from: number, to: number): number {
    const parts = this.stalls.map((stall) => Math.min(to, stall.to) - Math.max(from, stall.from));
    return parts.reduce((sum, ms) => sum + Math.max(0, ms), 0);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const now = Date.now();
    if (now - this.lookedAt > STALL_MS) this.stalls.push({ from: this.lookedAt, to: now });
    this.lookedAt = now;
  }
}
