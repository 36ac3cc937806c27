/** What was asked for does not fit what exists; nothing was changed. */
export class GrantNotPossibleError extends Error {
  override readonly name = 'GrantNotPossibleError';
}
