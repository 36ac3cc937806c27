const KINDS: Readonly<Record<number, string>> = {
  1: 'one-way-relay',
  2: 'relay-queue',
  3: 'rest-relay',
  4: 'two-way-relay',
  5: 'service-bus-topic',
  6: 'service-bus-queue',
  7: 'event-hub',
  8: 'webhook',
  9: 'event-grid',
  10: 'managed-data-lake',
};

/** A `contract` in a word: the word of endpoints files where they have one. */
export function endpointKind(contract: number): string {
  return KINDS[contract] ?? `contract-${contract}`;
}
