/** The destination cannot be used as it is configured; the gateway does not start. Lists every fault. */
export class DataverseOptionsError extends Error {
  override readonly name = 'DataverseOptionsError';
  readonly code = 'dataverse-options-invalid';

  constructor(readonly faults: readonly string[]) {
    super(`Dataverse cannot be reached with these settings: ${faults.join('; ')}`);
  }
}
