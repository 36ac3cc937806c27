/**
 * An emulator cannot use its folder: another one runs in it, or it holds something else. The message says what to do.
 */
export class FolderNotUsableError extends Error {
  override readonly name = 'FolderNotUsableError';
}
