import { FaultList } from './fault-list.js';
import type { InputFault } from './input-fault.js';
import { pointerTo } from './json-pointer.js';

/** Deeper than any event; it bounds every recursion that follows. */
const MAX_DEPTH = 32;

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const BACKSLASH = 0x5c;

/** An object or list that the scan is inside of: the member it is at, and the names seen so far (null in a list). */
interface Container {
  at: string | number;
  readonly names: Set<string> | null;
  expectsName: boolean;
}

/**
 * `too-deep` is found before anything is built from the text. `malformed` is certain. A text that is `scanned` may
 * still not be JSON: `JSON.parse` tells.
 */
export type ScanResult =
  | { readonly kind: 'scanned'; readonly faults: readonly InputFault[] }
  | { readonly kind: 'too-deep' }
  | { readonly kind: 'malformed' };

/**
 * One pass over a JSON text for what `JSON.parse` accepts in silence: duplicate names, U+0000 and lone surrogates,
 * whole numbers beyond 2^53-1, numbers that overflow, depth. Takes time linear in the text. Reports faults up to
 * `FaultList`'s bound, then goes on for the depth alone; echoes no value. Which names are known is for the rules of the
 * content to say.
 */
export function scanJson(text: string): ScanResult {
  return new JsonScan(text).run();
}

class JsonScan {
  private readonly list = new FaultList();
  private readonly containers: Container[] = [];
  private top: Container | undefined;
  private nextBackslash: number;
  /** Set where the scan cannot go on. */
  private ending: ScanResult | null = null;

  constructor(private readonly text: string) {
    this.nextBackslash = this.find('\\', 0);
  }

  run(): ScanResult {
    let position = 0;
    while (position < this.text.length && this.ending === null) position = this.readToken(position);
    return this.ending ?? { kind: 'scanned', faults: this.list.faults };
  }

  /** Reads the value that begins at a position and returns the position behind it. */
  private readToken(position: number): number {
    const code = this.text.charCodeAt(position);
    if (code === QUOTE) return this.readText(position);
    if (code === MINUS || (code >= ZERO && code <= NINE)) return this.readNumber(position);
    this.readStructure(code);
    return position + 1;
  }

  private readStructure(code: number): void {
    if (code === OPEN_OBJECT) this.enter({ at: '', names: new Set(), expectsName: true });
    else if (code === OPEN_LIST) this.enter({ at: 0, names: null, expectsName: false });
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) this.leave();
    else if (code === COMMA && this.top !== undefined) goOn(this.top);
  }

  private enter(container: Container): void {
    this.containers.push(container);
    this.top = container;
    if (this.containers.length > MAX_DEPTH) this.ending = { kind: 'too-deep' };
  }

  private leave(): void {
    this.containers.pop();
    this.top = this.containers.at(-1);
  }

  private readText(start: number): number {
    const end = this.endOfText(start);
    const { top } = this;
    const isName = top?.expectsName === true;
    const isEscaped = this.nextBackslash < end;
    if (end !== -1 && !isName && !isEscaped) return end + 1;
    const content = isEscaped ? this.unescape(start, end) : this.text.slice(start + 1, end);
    if (end === -1 || content === null) this.ending = { kind: 'malformed' };
    else {
      if (isName) this.judgeName(top, content);
      if (isEscaped) this.judgeText(content);
    }
    return end + 1;
  }

  private judgeName(container: Container, name: string): void {
    container.at = name;
    container.expectsName = false;
    if (container.names?.has(name) === true) this.report('appears more than once');
    container.names?.add(name);
  }

  /** Both can only come from escapes: JSON allows no raw control character, and UTF-8 no raw lone surrogate. */
  private judgeText(content: string): void {
    if (content.includes('\0')) this.report('must not contain U+0000');
    if (!content.isWellFormed()) this.report('must not contain a lone surrogate');
  }

  private readNumber(start: number): number {
    const { text } = this;
    let end = start + 1;
    let isWhole = true;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code >= ZERO && code <= NINE) continue;
      if (code !== 0x2b && code !== MINUS && code !== 0x2e && code !== 0x45 && code !== 0x65) break;
      isWhole = false;
    }
    if (isWhole && end - start <= 15) return end;
    const value = Number(text.slice(start, end));
    if (isWhole && !Number.isSafeInteger(value)) this.report('is a whole number beyond 2^53-1');
    else if (!Number.isFinite(value)) this.report('is a number too large to represent');
    return end;
  }

  /** The closing quote of the string that opens at `start`, or -1. */
  private endOfText(start: number): number {
    let end = this.text.indexOf('"', start + 1);
    if (this.nextBackslash < start) this.nextBackslash = this.find('\\', start);
    if (this.nextBackslash > end) return end;
    while (end !== -1 && this.isEscaped(end)) end = this.text.indexOf('"', end + 1);
    return end;
  }

  private isEscaped(position: number): boolean {
    let backslashes = 0;
    while (this.text.charCodeAt(position - 1 - backslashes) === BACKSLASH) backslashes++;
    return backslashes % 2 === 1;
  }

  private unescape(start: number, end: number): string | null {
    try {
      return JSON.parse(this.text.slice(start, end + 1)) as string;
    } catch {
      return null;
    }
  }

  private report(detail: string): void {
    if (this.list.isFull) return;
    const pointer = this.containers.reduce((parent, { at }) => pointerTo(parent, String(at)), '');
    this.list.add(pointer, detail);
  }

  private find(character: string, from: number): number {
    const position = this.text.indexOf(character, from);
    return position === -1 ? Number.POSITIVE_INFINITY : position;
  }
}

/** Behind a comma comes the next item of a list, or the next name of an object. */
function goOn(container: Container): void {
  if (typeof container.at === 'number') container.at++;
  else container.expectsName = true;
}
