import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess, withoutDataverse } from './processes.mjs';

const SINK = fileURLToPath(new URL('bare-sink.mjs', import.meta.url));

/** Runs the bare sink beside the work, with the settings of a gateway that delivers to it. */
export async function withSink(folder, work) {
  const ca = join(folder, 'ca.pem');
  const sink = await startProcess(SINK, { BENCH_CA: ca }, (line) => (line.startsWith('https:') ? line : null));
  const settings = {
    ...withoutDataverse(folder),
    DATAVERSE_URL: sink.value,
    AZURE_AUTHORITY_HOST: sink.value,
    NODE_EXTRA_CA_CERTS: ca,
    LOG_LEVEL: 'warn',
  };
  const lineOf = async (word) => {
    for (;;) {
      const [line] = await once(sink.lines, 'line');
      if (line.startsWith(word)) return line.slice(word.length);
    }
  };
  try {
    return await work(settings, {
      /** Resolves once so many calls came. */
      arrived: (count) => {
        sink.stdin.write(`${count}\n`);
        return lineOf('COMPLETE');
      },
      /** [instant in ms, event id] of every call. */
      arrivals: async () => {
        sink.stdin.write('?\n');
        return JSON.parse(await lineOf('ARRIVALS '));
      },
    });
  } finally {
    await sink.end('SIGTERM');
  }
}
