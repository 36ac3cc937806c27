/**
 * The issuer's documents could not be fetched, or cannot be used. The message is safe to log: it quotes nothing of
 * them.
 */
export class IssuerError extends Error {
  override readonly name = 'IssuerError';

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
  }
}
