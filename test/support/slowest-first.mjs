/** Folders and files whose tests last longest, the longest first: started last, they would leave the other workers idle. */
const SLOWEST = [
  'test/image/',
  'test/clients/',
  'test/fuzz/',
  'test/faults/',
  'test/documents/',
  'test/provisioning/',
  'test/consumers/',
  'test/receipts/service-bus',
  'test/outbox/postgres/contract',
  'test/outbox/sqlite-file',
  'test/delivery/postgres',
  'test/outbox/postgres/',
  'test/sandbox/',
  'test/walk/',
  'test/receipts/',
  'test/outbox/',
  'test/cli/',
];

/**
 * The order in which jest starts test files: known everywhere, while jest itself remembers durations only where it ran
 * before.
 */
export default class SlowestFirst {
  sort(tests) {
    return [...tests].sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
  }

  allFailedTests(tests) {
    return this.sort(tests);
  }

  shard(tests, { shardIndex, shardCount }) {
    return this.sort(tests).filter((_, index) => index % shardCount === shardIndex - 1);
  }

  cacheResults() {
    // Durations are not looked at.
  }
}

function rank({ path }) {
  const found = SLOWEST.findIndex((part) => path.includes(`/${part}`));
  return found === -1 ? SLOWEST.length : found;
}
