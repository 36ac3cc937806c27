/**
 * What is mutated, and the tests that must notice. `inWriterThread`: run by the store's own thread, where a mutant can be
 * switched on but what covers it cannot be seen.
 */
export const MUTATION_GROUPS = {
  classification: {
    mutate: ['src/dataverse/{classify,known-codes,retry-after,error-body}.ts'],
    tests: ['src/dataverse/{classify,known-codes,retry-after,error-body}*.spec.ts', 'src/dataverse/batch/*.spec.ts'],
    inWriterThread: false,
  },
  gates: {
    mutate: ['src/delivery/{gate,passage,closing-time,gate-signal,failure-runs,gate-watch,gate-name}.ts'],
    tests: ['src/delivery/*.spec.ts', 'test/delivery/{user-gate,type-gate,stored-gate,operator,batches}.spec.ts'],
    inWriterThread: false,
  },
  decisions: {
    mutate: ['src/delivery/{backoff,decide,pace,batch-size}.ts', 'src/outbox/{take-turns,share-users}.ts'],
    tests: ['src/delivery/*.spec.ts', 'src/outbox/*.spec.ts'],
    inWriterThread: false,
  },
  fencing: {
    mutate: [
      'src/outbox/{lease-token,lease-end}.ts',
      'src/outbox/sqlite/{lease-token,lease-end,promote-next}.ts',
      'src/outbox/sqlite/operations/{append,claim,settle}.ts',
    ],
    tests: ['src/outbox/**/*.spec.ts', 'test/outbox/{sqlite-memory,model}.spec.ts'],
    inWriterThread: true,
  },
};
