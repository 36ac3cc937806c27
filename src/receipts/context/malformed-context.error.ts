/**
 * A text that is no RemoteExecutionContext. Neither message nor members contain anything of the text but names that the
 * model knows.
 */
export class MalformedContextError extends Error {
  override readonly name = 'MalformedContextError';

  constructor(
    /**
     * A JSON pointer (RFC 6901) to the fault, at most twelve steps of it; empty for the whole text. Names that the
     * model does not know are shown as `*`.
     */
    readonly pointer: string,
    /** What is wrong with it, as the end of a sentence: `must be a text`. */
    readonly detail: string,
  ) {
    super(`This is no RemoteExecutionContext: ${pointer === '' ? 'the whole' : pointer} ${detail}.`);
  }
}
