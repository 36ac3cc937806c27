import type { JsonText } from './json-text.js';

/** How values of one kind are read from the wire and written to it. */
export interface Codec<T> {
  /** Reads the value at the text's position, and moves behind it. */
  read(text: JsonText): T;
  /** The value as JSON. */
  write(value: T): string;
  /** The value of an absent member; members of a codec with neither this nor `empty` are required. */
  readonly absent?: T;
  /**
   * A collection is never null: where it is absent, or null, which is remembered, the object gets an empty one. Each
   * object gets one of its own, so that adding to it, in spite of its type, changes no other.
   */
  readonly empty?: () => T;
}
