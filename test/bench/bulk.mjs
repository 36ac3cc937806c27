import { createKey, purchaseDefinition } from './contract.mjs';
import { postEvents } from './load.mjs';
import { inFolder, median, startGateway, withoutDataverse } from './processes.mjs';
import { streamEvents } from './stream.mjs';

const ROUNDS = 3;
const SECONDS = 2;
const ITEMS = 100;
const CONNECTIONS = 8;

/** Accepting batches of a hundred, and lines over one connection; in turn with single events, for the ratio. */
export function bulk() {
  return inFolder(async (folder) => {
    const settings = { ...withoutDataverse(folder), BACKLOG_LIMIT: '10000000' };
    const apiKey = await createKey(settings.DATABASE_URL);
    const { slug, example, key } = await purchaseDefinition();
    const gateway = await startGateway(settings);
    const load = { url: gateway.value, apiKey, event: example, key, seconds: SECONDS };
    const single = { ...load, path: `/v1/events/${slug}`, connections: 64 };
    const path = `/v1/events/${slug}/batch`;
    try {
      const rounds = [];
      for (let round = 0; round <= ROUNDS; round++) {
        const singles = await postEvents(single);
        const batches = await postEvents({ ...load, path, connections: CONNECTIONS, items: ITEMS });
        const lines = await streamEvents({ ...load, path });
        if (round > 0) rounds.push({ singles, batches, lines });
      }
      return rowsOf(rounds);
    } finally {
      await gateway.end('SIGTERM');
    }
  });
}

function rowsOf(rounds) {
  const rate = median(rounds.map(({ batches }) => batches.rate * ITEMS));
  const p99 = median(rounds.map(({ batches }) => batches.p99));
  const share = median(rounds.map(({ singles, batches }) => (batches.rate * ITEMS) / singles.rate));
  const failed = rounds.reduce((sum, { batches }) => sum + batches.failed, 0);
  const lineRate = median(rounds.map(({ lines }) => lines.rate));
  return [
    {
      what: `accept in batches of ${ITEMS}, c=${CONNECTIONS}`,
      figure: `${Math.round(rate)} events/s, p99 ${p99.toFixed(1)} ms, ${failed} failed`,
      toReach: '>= 40000 events/s',
    },
    { what: 'accept in batches / single events', figure: share.toFixed(2), toReach: '' },
    { what: 'accept lines (NDJSON), one connection', figure: `${Math.round(lineRate)} events/s`, toReach: '' },
  ];
}
