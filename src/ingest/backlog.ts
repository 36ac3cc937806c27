/**
 * How many undelivered events there are, as far as this process can tell: measured now and then, and between
 * measurements counted on by what it lets in itself. It alone never exceeds the limit; each further replica can by what
 * it lets in within a second.
 */
export class Backlog {
  private measured = 0;
  /** Of `begun`, what the measurement surely contains. */
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

  /** Storing `count` events begins; `end` must follow. */
  begin(count: number): void {
    this.begun += count;
  }

  /** Of `count` events begun, so many were new and are stored. */
  end(count: number, stored: number): void {
    this.begun -= count - stored;
    this.stored += stored;
  }

  /** To be taken before a measurement begins: what is stored by then is contained in it. */
  mark(): number {
    return this.stored;
  }

  /** What counts from now on: so many events pending or delivering, as measured since the mark was taken. */
  update(measured: number, mark: number): void {
    this.measured = measured;
    this.contained = mark;
  }
}
