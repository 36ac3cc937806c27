/**
 * The document contains something that OpenAPI 2.0, or a custom connector, cannot express: no connector is better than
 * a wrong one.
 */
export class NotConvertibleError extends Error {
  constructor(
    readonly place: string,
    detail: string,
  ) {
    super(`${place}: ${detail}`);
    this.name = 'NotConvertibleError';
  }
}
