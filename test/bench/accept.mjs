import { fileURLToPath } from 'node:url';
import { createKey, purchaseDefinition } from './contract.mjs';
import { LOAD_TOOL, postEvents } from './load.mjs';
import { inFolder, median, startGateway, startProcess, withoutDataverse } from './processes.mjs';

const COMPARISON = fileURLToPath(new URL('comparison-server.mjs', import.meta.url));
const ROUNDS = 5;
const SECONDS = 6;
const CONNECTIONS = 64;

/** Accepting single events, authenticated, fsync before 202; in turn with the comparison server. */
export function accept() {
  return inFolder(async (folder) => {
    const settings = withoutDataverse(folder);
    const apiKey = await createKey(settings.DATABASE_URL);
    const definition = await purchaseDefinition();
    const load = {
      path: `/v1/events/${definition.slug}`,
      apiKey,
      event: definition.example,
      key: definition.key,
      connections: CONNECTIONS,
    };
    const gateway = await startGateway(settings);
    const comparison = await startProcess(COMPARISON, {}, (line) => line);
    const bare = await startProcess(COMPARISON, { BENCH_BARE: 'yes' }, (line) => line);
    try {
      const rounds = [];
      for (let round = 0; round <= ROUNDS; round++) {
        const seconds = round === 0 ? 2 : SECONDS;
        const ours = await postEvents({ ...load, url: gateway.value, seconds });
        const theirs = await postEvents({ ...load, url: comparison.value, seconds });
        const bareOnes = await postEvents({ ...load, url: bare.value, seconds });
        if (round > 0) rounds.push({ ours, theirs, bareOnes });
      }
      return rowsOf(rounds);
    } finally {
      await bare.end('SIGTERM');
      await comparison.end('SIGTERM');
      await gateway.end('SIGTERM');
    }
  });
}

function rowsOf(rounds) {
  const rate = median(rounds.map(({ ours }) => ours.rate));
  const p99 = median(rounds.map(({ ours }) => ours.p99));
  const share = median(rounds.map(({ ours, theirs }) => ours.rate / theirs.rate));
  const shareOfBare = median(rounds.map(({ ours, bareOnes }) => ours.rate / bareOnes.rate));
  const failed = rounds.reduce((sum, { ours }) => sum + ours.failed, 0);
  return [
    {
      what: `accept, c=${CONNECTIONS} (${LOAD_TOOL})`,
      figure: `${Math.round(rate)}/s, p99 ${p99.toFixed(1)} ms, ${failed} failed`,
      toReach: '>= 15000/s, p99 < 25 ms',
    },
    { what: 'accept / same server, parse and 202', figure: share.toFixed(2), toReach: '>= 0.75' },
    { what: 'accept / bare Fastify, parse and 202', figure: shareOfBare.toFixed(2), toReach: '' },
  ];
}
