/** The document says something that OpenAPI 2.0, or a custom connector, cannot say: better no connector than a wrong one. */
export class NotConvertibleError extends Error {
  constructor(
    readonly place: string,
    detail: string,
  ) {
    super(`${place}: ${detail}`);
    this.name = 'NotConvertibleError';
  }
}
