import { fill } from './backlog.mjs';
import { inFolder, startGateway } from './processes.mjs';
import { withSink } from './sink.mjs';

/** Long enough that the beginning, in which the pace grows, is a small part of it. */
const BACKLOG = 100_000;

/** Delivering a backlog to a target that costs next to nothing; with a line of log per attempt. */
export async function drain() {
  return [
    await drained('in batches of 10', { DELIVERY_BATCH_SIZE: '10' }, '>= 8000/s'),
    await drained('single calls', { DELIVERY_BATCH_SIZE: '1' }, '>= 3000/s'),
  ];
}

/** `more` settings may name a database of the caller's own; it must be empty. */
export function drained(how, more, toReach) {
  return inFolder((folder) =>
    withSink(folder, async (sinkSettings, sink) => {
      const settings = { ...sinkSettings, LOG_LEVEL: 'info', ...more };
      await fill(settings.DATABASE_URL, BACKLOG);
      const complete = sink.arrived(BACKLOG);
      const gateway = await startGateway(settings);
      await complete;
      const arrivals = await sink.arrivals();
      await gateway.end('SIGTERM');
      const instants = arrivals.map(([at]) => at);
      const seconds = (instants.at(-1) - instants[0]) / 1000;
      const repeated = arrivals.length - new Set(arrivals.map(([, id]) => id)).size;
      const figure = `${Math.round(BACKLOG / seconds)}/s, ${repeated} repeated`;
      return { what: `drain a backlog of ${BACKLOG}, ${how}`, figure, toReach };
    }),
  );
}
