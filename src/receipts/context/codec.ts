import type { JsonText } from './json-text.js';

/** How values of one kind are read from the wire and written to it. */
export interface Codec<T> {
  /** Reads what stands at the text's position, and goes behind it. */
  read(text: JsonText): T;
  /** The value as JSON. */
  write(value: T): string;
  /** What a member is that is not there; members of a codec with neither this nor `empty` must be there. */
  readonly absent?: T;
  /**
   * A collection is never null: where it is not there, or null, which is remembered, there is an empty one. One of its
   * own for each object: whoever adds to it in spite of its type adds to no other.
   */
  readonly empty?: () => T;
}
