/** A stored event does not fit the definition of its type any more. The message names fields, never values. */
export class NotEncodableError extends Error {
  override readonly name = 'NotEncodableError';
  readonly code = 'event-not-encodable';
}
