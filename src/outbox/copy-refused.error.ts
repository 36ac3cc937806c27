/** `copy-target-not-empty`: nothing was written; `copy-incomplete`: the target is not what the source is, and of no use. */
export type CopyRefusedCode = 'copy-target-not-empty' | 'copy-incomplete';

/** A store was not copied; the message says why and what to do. */
export class CopyRefusedError extends Error {
  override readonly name = 'CopyRefusedError';

  constructor(
    readonly code: CopyRefusedCode,
    message: string,
  ) {
    super(message);
  }
}
