/** The definitions name catalogs or custom APIs that Dataverse could not hold; no request was sent. */
export class WishedStateError extends Error {
  override readonly name = 'WishedStateError';
  readonly code = 'wished-state-impossible';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}
