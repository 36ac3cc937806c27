/** What a JSON text says, and what of it the contract forbids although it is JSON. */
export type StrictReading =
  | { readonly kind: 'read'; readonly value: unknown; readonly forbidden: readonly Place[] }
  | { readonly kind: 'malformed' };

/** Names and numbers that lead to a value. */
export type Place = readonly (string | number)[];

const MAX_DEPTH = 32;
const BYTE_ORDER_MARK = '\ufeff';
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Raw control characters, which are forbidden, `JSON.parse` refuses behind it. */
const TEXT = /"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /true|false|null/y;
const SPACE = /[ \t\n\r]*/y;

/**
 * Reads JSON by the letter of RFC 8259 and of the contract's rules, from the grammar: it shares nothing with the
 * gateway's reader, so that a mistake in one of them shows.
 */
export function readStrictly(bytes: Buffer): StrictReading {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { kind: 'malformed' };
  }
  if (text.startsWith(BYTE_ORDER_MARK)) return { kind: 'malformed' };
  const reader = new StrictReader(text);
  try {
    return { kind: 'read', value: reader.readDocument(), forbidden: reader.forbidden };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'malformed' };
    throw error;
  }
}

class StrictReader {
  /** Where there is a name twice, a text that is none, or a number too large. */
  readonly forbidden: Place[] = [];
  private readonly place: (string | number)[] = [];
  private position = 0;

  constructor(private readonly text: string) {}

  readDocument(): unknown {
    const value = this.readValue(0);
    this.take(SPACE);
    if (this.position !== this.text.length) throw new SyntaxError('more than one value');
    return value;
  }

  private readValue(depth: number): unknown {
    this.take(SPACE);
    const next = this.text[this.position];
    if (next === '{') return this.readObject(depth + 1);
    if (next === '[') return this.readList(depth + 1);
    if (next === '"') return this.readText();
    const word = this.take(WORD);
    return word === null ? this.readNumber() : (JSON.parse(word) as unknown);
  }

  private readObject(depth: number): object {
    // Not on a prototype, where `__proto__` would not be a name like any other.
    const members = new Map<string, unknown>();
    this.readMembers('}', depth, () => {
      this.take(SPACE);
      const name = this.readText();
      this.take(SPACE);
      this.expect(':');
      this.place.push(name);
      if (members.has(name)) this.forbid();
      members.set(name, this.readValue(depth));
      this.place.pop();
    });
    return Object.fromEntries(members);
  }

  private readList(depth: number): unknown[] {
    const items: unknown[] = [];
    this.readMembers(']', depth, () => {
      this.place.push(items.length);
      items.push(this.readValue(depth));
      this.place.pop();
    });
    return items;
  }

  private readMembers(end: string, depth: number, readMember: () => void): void {
    if (depth > MAX_DEPTH) throw new SyntaxError('too deep');
    this.position++;
    this.take(SPACE);
    if (this.text[this.position] === end) {
      this.position++;
      return;
    }
    for (;;) {
      readMember();
      this.take(SPACE);
      if (this.text[this.position] === end) break;
      this.expect(',');
    }
    this.position++;
  }

  private readText(): string {
    const token = this.take(TEXT);
    if (token === null) throw new SyntaxError('no text');
    const text = JSON.parse(token) as string;
    if (text.includes('\0') || !text.isWellFormed()) this.forbid();
    return text;
  }

  private readNumber(): number {
    const token = this.take(NUMBER);
    if (token === null) throw new SyntaxError('no value');
    const value = Number(token);
    const isWhole = /^-?\d+$/.test(token);
    if (!Number.isFinite(value) || (isWhole && !Number.isSafeInteger(value))) this.forbid();
    return value;
  }

  private forbid(): void {
    this.forbidden.push([...this.place]);
  }

  private expect(character: string): void {
    if (this.text[this.position] !== character) throw new SyntaxError(`no ${character}`);
    this.position++;
  }

  /** What a pattern matches here, or null. */
  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text)?.[0] ?? null;
    this.position += match?.length ?? 0;
    return match;
  }
}
