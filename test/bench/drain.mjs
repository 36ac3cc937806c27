import { seal } from '../../dist/ingest/seal.js';
import { newEventId } from '../../dist/kernel/ids.js';
import { purchaseDefinition, withStore } from './contract.mjs';
import { inFolder, startGateway } from './processes.mjs';
import { withSink } from './sink.mjs';

const BACKLOG = 30_000;
const APPEND_AT_ONCE = 1_000;

/** Delivering a backlog, by single calls, to a target that costs next to nothing; with a line of log per attempt. */
export function drain() {
  return inFolder((folder) =>
    withSink(folder, async (settings, sink) => {
      await fill(settings.DATABASE_URL);
      const complete = sink.arrived(BACKLOG);
      const gateway = await startGateway({ ...settings, LOG_LEVEL: 'info', DELIVERY_BATCH_SIZE: '1' });
      await complete;
      const arrivals = await sink.arrivals();
      await gateway.end('SIGTERM');
      const instants = arrivals.map(([at]) => at);
      const seconds = (instants.at(-1) - instants[0]) / 1000;
      const repeated = arrivals.length - new Set(arrivals.map(([, id]) => id)).size;
      const figure = `${Math.round(BACKLOG / seconds)}/s, ${repeated} repeated`;
      return [{ what: `drain a backlog of ${BACKLOG}, single calls`, figure, toReach: '>= 3000/s' }];
    }),
  );
}

async function fill(databaseUrl) {
  const definition = await purchaseDefinition();
  await withStore(databaseUrl, async ({ outbox }) => {
    for (let first = 0; first < BACKLOG; first += APPEND_AT_ONCE) {
      const events = Array.from({ length: APPEND_AT_ONCE }, (_, offset) => {
        const content = { ...definition.example, [definition.key]: `drain-${first + offset}` };
        return seal({ definition, content, client: 'bench', idempotencyKey: null, traceparent: null }, newEventId());
      });
      await outbox.append(events);
    }
  });
}
