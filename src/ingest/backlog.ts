/**
 * How many undelivered events there are, as far as this process knows: it measures now and then, and adds what it lets
 * in itself between measurements. Alone it never exceeds the limit; each further replica can exceed it by what that one
 * lets in within a second.
 */
export class Backlog {
  private measured = 0;
  /** The part of `begun` that the measurement surely contains. */
  private contained = 0;
  private begun = 0;
  private stored = 0;

  /** `limit`: the setting BACKLOG_LIMIT. */
  constructor(readonly limit: number) {}

  get isFull(): boolean {
    return !this.hasRoomFor(1);
  }

  hasRoomFor(count: number): boolean {
    return this.measured + this.begun - this.contained + count <= this.limit;
  }

  /** Begins to store `count` events; `end` must follow. */
  begin(count: number): void {
    this.begun += count;
  }

  /** Of `count` events that were begun, this many were new and are stored. */
  end(count: number, stored: number): void {
    this.begun -= count - stored;
    this.stored += stored;
  }

  /** Take this mark before a measurement begins: events stored by then are contained in the measurement. */
  mark(): number {
    return this.stored;
  }

  /** Sets the measured number of events pending or delivering; what began since the mark is added. */
  update(measured: number, mark: number): void {
    this.measured = measured;
    this.contained = mark;
  }
}
