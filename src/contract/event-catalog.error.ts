/** What is wrong with one event definition: the file, and why it cannot be used. */
export interface DefinitionFault {
  readonly file: string;
  readonly detail: string;
}

/** The event definitions cannot be used as they stand; the gateway does not start. Lists every fault. */
export class EventCatalogError extends Error {
  override readonly name = 'EventCatalogError';
  readonly code = 'event-catalog-invalid';

  constructor(readonly faults: readonly DefinitionFault[]) {
    const lines = faults.map(({ file, detail }) => `  ${file}: ${detail}`);
    super(
      `The event definitions have ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${lines.join('\n')}`,
    );
  }
}
