import type { JsonText } from './json-text.js';

/** How values of one kind are read from the wire and written to it. */
export interface Codec<T> {
  /** Reads what stands at the text's position, and goes behind it. */
  read(text: JsonText): T;
  /** The value as JSON. */
  write(value: T): string;
  /** What a member is that is not there; members of a codec without it must be there. */
  readonly absent?: T;
  /** A collection is never null: a null in its place is read as absent, and remembered. */
  readonly isCollection?: true;
}
