import { inspect } from 'node:util';

const SHOWN = '[secret]';

/** Length of a part, in characters: a shorter one occurs in many words that are no secret. */
const LEAST_PART = 6;

/**
 * A text that must never be shown. Printing, logging or serializing it gives `[secret]`; only the request that carries
 * it reveals it.
 */
export class Secret {
  readonly #text: string;
  readonly #parts: readonly string[];

  /** `parts`: secrets within the text, each of which must not be shown alone either. */
  constructor(text: string, parts: readonly string[] = []) {
    this.#text = text;
    this.#parts = parts.filter(({ length }) => length >= LEAST_PART);
  }

  reveal(): string {
    return this.#text;
  }

  /** The text and its parts, longest first: what to hide in answers from a server that was given it. */
  traces(): readonly string[] {
    return [this.#text, ...this.#parts].toSorted((one, other) => other.length - one.length);
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}
