/**
 * What is mutated, and the tests that must notice: those beside the code first, and of those that need more only what is
 * quick. The store's own thread shows nothing of what covers its code, so `fencing` runs the contract in the test's thread.
 */
export const MUTATION_GROUPS = {
  classification: {
    mutate: ['src/dataverse/{classify,known-codes,retry-after,error-body}.ts'],
    tests: ['src/dataverse/{classify,known-codes,retry-after,error-body}*.spec.ts'],
  },
  gates: {
    mutate: ['src/delivery/{gate,passage,closing-time,gate-name,gate-watch,gates,stored-gate}.ts'],
    tests: ['src/delivery/gate*.spec.ts', 'test/delivery/{gate-watch,gates,stored-gate}.spec.ts'],
  },
  decisions: {
    mutate: [
      'src/delivery/{backoff,decide,pace,batch-size,gate-signal,failure-runs,refused-together,slow-start,attempt-line}.ts',
    ],
    tests: [
      'src/delivery/{backoff,decide,pace,batch-size,gate-signal,failure-runs,refused-together,slow-start}*.spec.ts',
      'src/delivery/attempt-line*.spec.ts',
      'test/delivery/slow-start.spec.ts',
    ],
  },
  receipts: {
    mutate: ['src/receipts/receipt-of.ts', 'src/receipts/webhook/{hook-authenticator,hook-head}.ts'],
    tests: ['src/receipts/receipt-of.spec.ts', 'src/receipts/webhook/*.spec.ts'],
  },
  rate: {
    mutate: ['src/delivery/{rate,pacing}.ts'],
    tests: ['src/delivery/{rate,pacing}*.spec.ts'],
  },
  ordering: {
    mutate: ['src/outbox/{lease-token,lease-end,take-turns,share-users,turn-memory}.ts'],
    tests: ['src/outbox/*.spec.ts'],
  },
  fencing: {
    mutate: [
      'src/outbox/sqlite/{promote-next,select-due,select-suspect,record-attempt,compare-with-stored}.ts',
      'src/outbox/rows/{claimed-row,settled-event}.ts',
      'src/outbox/sqlite/operations/{append,claim,settle,renew-leases,find-lost-leases}.ts',
    ],
    tests: ['test/outbox/{select-due,sqlite-in-thread}.spec.ts'],
  },
};
