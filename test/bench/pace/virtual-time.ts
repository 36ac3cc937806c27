interface Due {
  readonly at: number;
  readonly happen: () => void;
}

/** Time that passes only from one thing that is due to the next. */
export class VirtualTime {
  /** In milliseconds, as of some day. */
  now = 1_000_000;
  private readonly beganAt = this.now;
  private readonly due: Due[] = [];
  private alarmAt = Number.NEGATIVE_INFINITY;

  get elapsedMs(): number {
    return this.now - this.beganAt;
  }

  after(ms: number, happen: () => void): void {
    const at = this.now + ms;
    const index = this.due.findLastIndex((other) => other.at <= at);
    this.due.splice(index + 1, 0, { at, happen });
  }

  /** One alarm for many who ask: an earlier one that is still to come makes a later one needless. */
  alarm(at: number, happen: () => void): void {
    if (this.alarmAt > this.now && this.alarmAt <= at) return;
    this.alarmAt = at;
    this.after(Math.max(1, at - this.now), happen);
  }

  runFor(ms: number): void {
    const end = this.now + ms;
    for (let next = this.due.shift(); next !== undefined && next.at <= end; next = this.due.shift()) {
      this.now = next.at;
      next.happen();
    }
  }
}
