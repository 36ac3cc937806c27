import { inspect } from 'node:util';

const SHOWN = '[secret]';

/**
 * A text that must never be seen. Whatever prints, logs or serializes what holds it gets `[secret]`; only the request that
 * carries it reveals it.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
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
