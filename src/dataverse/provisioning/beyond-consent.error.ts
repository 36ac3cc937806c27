/** Between the plan that was agreed to and its first write, its cost has grown: then nothing is written. */
export class BeyondConsentError extends Error {
  override readonly name = 'BeyondConsentError';

  /** @param more what came to it, a few words each */
  constructor(readonly more: readonly string[]) {
    super(`More would be lost now than was agreed to (${more.join('; ')}): look at \`dataverse plan\` again.`);
  }
}
