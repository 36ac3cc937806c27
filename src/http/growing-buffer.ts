const NOTHING = Buffer.alloc(0);

/**
 * Puts bytes together as they come. It takes up at most three times their number, even for tiny pieces: a list of
 * pieces would take 700 bytes for a chunk of one.
 */
export class GrowingBuffer {
  private buffer: Buffer = NOTHING;
  private count = 0;

  get length(): number {
    return this.count;
  }

  /** The bytes so far. */
  get bytes(): Buffer {
    return this.buffer.subarray(0, this.count);
  }

  add(piece: Buffer): void {
    const length = this.count + piece.length;
    // Most often the first piece is the only one: it is not copied.
    if (this.count === 0) this.buffer = piece;
    else {
      if (length > this.buffer.length) this.grow(Math.max(length, 2 * this.buffer.length));
      piece.copy(this.buffer, this.count);
    }
    this.count = length;
  }

  private grow(capacity: number): void {
    const larger = Buffer.allocUnsafe(capacity);
    this.buffer.copy(larger, 0, 0, this.count);
    this.buffer = larger;
  }
}
