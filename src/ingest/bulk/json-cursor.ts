import { ProblemError } from '../../http/problem.error.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** The four characters that JSON allows between tokens. */
function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/**
 * Walks over the bytes of a JSON text and finds where values end, without parsing them: the caller does that. Each
 * method throws the 400 problem where its token is missing at the current place.
 */
export class JsonCursor {
  private position = 0;

  constructor(private readonly bytes: Buffer) {}

  /** Whether the next token is this character; if so, the cursor moves past it. */
  passes(character: string): boolean {
    if (this.next() !== character.charCodeAt(0)) return false;
    this.position++;
    return true;
  }

  /** Nothing but white space may be left. */
  end(): void {
    if (this.next() !== undefined) throw notJson();
  }

  /** The names of an object's members, behind its brace; the caller moves past each member's value. */
  *members(): Generator<string> {
    if (this.passes('}')) return;
    do {
      const name = this.name();
      this.pass(':');
      yield name;
    } while (this.passes(','));
    this.pass('}');
  }

  /** The values of a list, behind its bracket. */
  *elements(): Generator<Buffer> {
    if (this.passes(']')) return;
    do yield this.value();
    while (this.passes(','));
    this.pass(']');
  }

  /** The bytes of the next value: its brackets and texts are balanced, but it may still be no JSON. */
  value(): Buffer {
    const first = this.next();
    const start = this.position;
    if (first === QUOTE) this.passText();
    else if (first === OPEN_OBJECT || first === OPEN_LIST) this.passNested();
    else this.passWord();
    if (this.position === start) throw notJson();
    return this.bytes.subarray(start, this.position);
  }

  private pass(character: string): void {
    if (!this.passes(character)) throw notJson();
  }

  /** The name of a member, with its escapes decoded. */
  private name(): string {
    if (this.next() !== QUOTE) throw notJson();
    try {
      return JSON.parse(this.value().toString('utf8')) as string;
    } catch {
      throw notJson();
    }
  }

  private next(): number | undefined {
    while (isSpace(this.bytes[this.position])) this.position++;
    return this.bytes[this.position];
  }

  private passText(): void {
    const { bytes } = this;
    let position = this.position + 1;
    for (let byte = bytes[position]; byte !== QUOTE; byte = bytes[position]) {
      if (byte === undefined) throw notJson();
      position += byte === BACKSLASH ? 2 : 1;
    }
    this.position = position + 1;
  }

  private passNested(): void {
    let depth = 0;
    do {
      const byte = this.bytes[this.position];
      if (byte === undefined) throw notJson();
      if (byte === QUOTE) {
        this.passText();
        continue;
      }
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
      this.position++;
    } while (depth > 0);
  }

  /** A number, or true, false, null. */
  private passWord(): void {
    for (let byte = this.next(); byte !== undefined; byte = this.bytes[++this.position]) {
      if (byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT || isSpace(byte)) return;
    }
  }
}

/** Says no more than that: any JSON tool shows its author where it is broken. */
function notJson(): ProblemError {
  return new ProblemError('malformed-json', 'The body is not valid JSON.');
}
