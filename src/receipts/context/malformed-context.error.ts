/** A text that is no RemoteExecutionContext. Neither message nor members hold a value of it. */
export class MalformedContextError extends Error {
  override readonly name = 'MalformedContextError';

  constructor(
    /** A JSON pointer (RFC 6901) to what is wrong; empty for the whole. Names of more than 64 characters are cut. */
    readonly pointer: string,
    /** What is wrong with it, as the end of a sentence: `must be a text`. */
    readonly detail: string,
  ) {
    super(`This is no RemoteExecutionContext: ${pointer === '' ? 'the whole' : pointer} ${detail}.`);
  }
}
