/** One line of a stream. */
export type Line =
  | { readonly kind: 'line'; readonly number: number; readonly bytes: Buffer }
  /** Longer than a line may be: its bytes were not kept. */
  | { readonly kind: 'too-long'; readonly number: number };

const NEWLINE = 0x0a;
const NOTHING = Buffer.alloc(0);

/** Tells lines apart in chunks of bytes, holding no more than one line. Blank lines are counted and passed over. */
export class LineSplitter {
  private parts: Buffer[] = [];
  private length = 0;
  /** The number of the line that is under way, 1 for the first. */
  private number = 1;

  constructor(private readonly maxBytes: number) {}

  /** The number of the line that the next bytes belong to. */
  get current(): number {
    return this.number;
  }

  /** Whether bytes of an unfinished line are held. */
  get isWithinLine(): boolean {
    return this.length > 0;
  }

  /** The lines that end in a chunk, one by one as they are asked for; all of them must be. */
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
    if (this.length > 0) yield* this.finish();
  }

  private add(part: Buffer): void {
    if (part.length === 0) return;
    this.length += part.length;
    if (this.length > this.maxBytes) this.parts = [];
    else this.parts.push(part);
  }

  private *finish(): Generator<Line> {
    const { number, length, parts } = this;
    this.number++;
    this.length = 0;
    this.parts = [];
    if (length > this.maxBytes) yield { kind: 'too-long', number };
    else {
      const bytes = parts.length > 1 ? Buffer.concat(parts, length) : (parts[0] ?? NOTHING);
      if (!isBlank(bytes)) yield { kind: 'line', number, bytes };
    }
  }
}

/** Space, tab and carriage return: white space of JSON that can stand in a line. */
function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
