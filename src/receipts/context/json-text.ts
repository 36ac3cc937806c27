import { MalformedContextError } from './malformed-context.error.js';
import { placeOf } from './place-of.js';
import type { ExactNumber } from './value.js';

/** How deep objects and lists may nest: some fifteen contexts, each within the next; it bounds every recursion. */
const MAX_DEPTH = 96;

const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const SMALL_N = 0x6e;

/** A number of JSON (RFC 8259, 6). */
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
/** JavaScript prints whole numbers of up to this many digits exactly. */
const SAFE_DIGITS = 15;

/** From this length on V8 makes slices of a string, which share its memory. */
const SLICED_LENGTH = 13;

/** The member in which .NET states the type of an object. */
export const MARK = '__type';

/** First characters of JSON's tokens. */
export const QUOTE = 0x22;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

/**
 * A JSON text that is read from front to end, token by token, each only once and directly into its final form. `fail`
 * throws for every fault of the text.
 */
export class JsonText {
  private position = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  /** The first character of the next token, or NaN at the end. */
  peek(): number {
    let code = this.text.charCodeAt(this.position);
    while (code <= 0x20 && (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09)) {
      code = this.text.charCodeAt(++this.position);
    }
    return code;
  }

  /** Goes into an object or a list. */
  open(code: number, expectation: string): void {
    if (this.peek() !== code) this.fail(expectation);
    if (++this.depth > MAX_DEPTH) this.fail('is nested too deeply');
    this.position++;
  }

  /** Whether another item follows; if none does, moves behind the end. */
  hasNext(isFirst: boolean, end: number): boolean {
    const code = this.peek();
    if (code === end) {
      this.position++;
      this.depth--;
      return false;
    }
    if (isFirst) return true;
    if (code !== COMMA) this.fail('is not valid JSON');
    this.position++;
    return true;
  }

  /** Moves behind the name of a member and its colon if that is the name, `"Id"` with its quotes. */
  takesName(quoted: string): boolean {
    if (this.peek() !== QUOTE || !this.text.startsWith(quoted, this.position)) return false;
    this.position += quoted.length;
    this.colon();
    return true;
  }

  /** The name of a member. */
  name(): string {
    if (this.peek() !== QUOTE) this.fail('is not valid JSON');
    const name = this.slice();
    this.colon();
    return name;
  }

  /** Moves behind a token if it is the next one, letter for letter. */
  takes(token: string): boolean {
    this.peek();
    if (!this.text.startsWith(token, this.position)) return false;
    this.position += token.length;
    return true;
  }

  takesNull(): boolean {
    return this.peek() === SMALL_N && this.takes('null');
  }

  /**
   * A string, at its opening quote. It is copied: a longer slice would keep the whole text in memory as long as the
   * string, and ids of events are kept long.
   */
  string(): string {
    const start = this.position;
    const content = this.slice();
    const isSlice = content.length >= SLICED_LENGTH && content.length === this.position - start - 2;
    return isSlice ? (JSON.parse(this.text.slice(start, this.position)) as string) : content;
  }

  /** A string that may keep the whole text in memory because there are few different ones: the key of an entry. */
  slice(): string {
    const { text } = this;
    const start = this.position + 1;
    let end = start;
    let code = text.charCodeAt(end);
    while (code !== QUOTE && code !== BACKSLASH && code >= 0x20) code = text.charCodeAt(++end);
    if (code !== QUOTE) return this.escaped(end);
    this.position = end + 1;
    return text.slice(start, end);
  }

  /** A number: JavaScript's own where that prints the same digits, otherwise its literal. */
  number(): number | ExactNumber {
    const literal = this.literal();
    const value = Number(literal);
    if (literal.length <= SAFE_DIGITS && isWhole(literal)) return value;
    return String(value) === literal ? value : { kind: 'Number', literal };
  }

  /** A number as it is written. */
  literal(): string {
    this.peek();
    NUMBER.lastIndex = this.position;
    const literal = NUMBER.exec(this.text)?.[0];
    if (literal === undefined) return this.fail('is not valid JSON');
    this.position += literal.length;
    return literal;
  }

  end(): void {
    if (!Number.isNaN(this.peek())) this.fail('is not valid JSON');
  }

  /** Throws, with the place that was reached. */
  fail(detail: string): never {
    throw new MalformedContextError(placeOf(this.text, this.position), detail);
  }

  private colon(): void {
    if (this.peek() !== COLON) this.fail('is not valid JSON');
    this.position++;
  }

  /** A string with escapes, from the first escape on. */
  private escaped(from: number): string {
    const { text } = this;
    let end = from;
    let code = text.charCodeAt(end);
    while (code !== QUOTE) {
      if (!(code >= 0x20)) this.fail('is not valid JSON');
      end += code === BACKSLASH ? 2 : 1;
      code = text.charCodeAt(end);
    }
    try {
      const content = JSON.parse(text.slice(this.position, end + 1)) as string;
      this.position = end + 1;
      return content;
    } catch {
      return this.fail('is not valid JSON');
    }
  }
}

/** Whether a token with this first character is a number. */
export function startsNumber(code: number): boolean {
  return (code >= ZERO && code <= NINE) || code === MINUS;
}

/** Whether the whole text is a number of JSON. */
export function isNumber(text: string): boolean {
  NUMBER.lastIndex = 0;
  return NUMBER.exec(text)?.[0].length === text.length;
}

/** Without a fraction, an exponent, or a negative zero, whose sign JavaScript does not print. */
function isWhole(literal: string): boolean {
  for (let index = literal.charCodeAt(0) === MINUS ? 1 : 0; index < literal.length; index++) {
    const code = literal.charCodeAt(index);
    if (code < ZERO || code > NINE) return false;
  }
  return literal !== '-0';
}
