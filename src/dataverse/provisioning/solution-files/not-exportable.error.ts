/** Something wished cannot be expressed in a solution file; the message says what, where and what to do about it. */
export class NotExportableError extends Error {
  override readonly name = 'NotExportableError';
}
