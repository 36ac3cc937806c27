/**
 * `backup-target-exists`: nothing was written; `backup-not-supported`: this engine has its own tools; `backup-damaged`: what
 * was copied does not hold together, and was removed.
 */
export type BackupRefusedCode = 'backup-target-exists' | 'backup-not-supported' | 'backup-damaged';

/** No backup was made; the message says why and what to do. */
export class BackupRefusedError extends Error {
  override readonly name = 'BackupRefusedError';

  constructor(
    readonly code: BackupRefusedCode,
    message: string,
  ) {
    super(message);
  }
}
