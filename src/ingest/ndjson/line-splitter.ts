import { GrowingBuffer } from '../../http/growing-buffer.js';

/** One line of a stream. */
export type Line =
  | { readonly kind: 'line'; readonly number: number; readonly bytes: Buffer }
  /** Longer than a line may be: its bytes were not kept. */
  | { readonly kind: 'too-long'; readonly number: number };

const NEWLINE = 0x0a;

/** Splits chunks of bytes into lines, and keeps at most one line. Blank lines are counted and skipped. */
export class LineSplitter {
  private line = new GrowingBuffer();
  private isTooLong = false;
  /** The number of the current line, 1 for the first. */
  private number = 1;

  constructor(private readonly maxBytes: number) {}

  /** The number of the line that the next bytes belong to. */
  get current(): number {
    return this.number;
  }

  /** The lines that end in a chunk, one by one as they are asked for; the caller must ask for all of them. */
  *push(chunk: Buffer): Generator<Line> {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.add(chunk.subarray(start, end));
      start = end + 1;
      yield* this.finish();
    }
    this.add(chunk.subarray(start));
  }

  /** The last line, where the stream ended without a newline. */
  *end(): Generator<Line> {
    yield* this.finish();
  }

  private add(part: Buffer): void {
    this.isTooLong ||= this.line.length + part.length > this.maxBytes;
    if (!this.isTooLong) this.line.add(part);
  }

  private *finish(): Generator<Line> {
    const { number, isTooLong } = this;
    const { bytes } = this.line;
    this.number++;
    this.line = new GrowingBuffer();
    this.isTooLong = false;
    if (isTooLong) yield { kind: 'too-long', number };
    else if (!isBlank(bytes)) yield { kind: 'line', number, bytes };
  }
}

/** Space, tab and carriage return: white space of JSON that can stand in a line. */
function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
