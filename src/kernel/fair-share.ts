/**
 * Divides something bounded among many holders: each may have as much as it leaves free. A single holder gets half of
 * it, a second one half of the rest, and so on, so that a holder that takes all it can get leaves room for the next.
 */
export class FairShare {
  private readonly held = new Map<string, number>();
  private taken = 0;

  constructor(private readonly whole: number) {}

  hasRoom(holder: string, amount: number): boolean {
    return this.heldBy(holder) + amount <= this.whole - this.taken - amount;
  }

  /** False where it would be too much: then nothing was taken. */
  take(holder: string, amount: number): boolean {
    if (!this.hasRoom(holder, amount)) return false;
    this.held.set(holder, this.heldBy(holder) + amount);
    this.taken += amount;
    return true;
  }

  giveBack(holder: string, amount: number): void {
    const left = this.heldBy(holder) - amount;
    this.taken -= amount;
    if (left === 0) this.held.delete(holder);
    else this.held.set(holder, left);
  }

  private heldBy(holder: string): number {
    return this.held.get(holder) ?? 0;
  }
}
