/** The folder of an emulator cannot be this one's: another runs in it, or it holds something else. The message says what to do. */
export class FolderNotUsableError extends Error {
  override readonly name = 'FolderNotUsableError';
}
