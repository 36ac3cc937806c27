/**
 * `copy-target-not-empty`: nothing was written. `copy-incomplete`: the target differs from the source and must not be
 * used.
 */
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
