/** What was asked for does not fit what is there; nothing was changed. */
export class GrantNotPossibleError extends Error {
  override readonly name = 'GrantNotPossibleError';
}
