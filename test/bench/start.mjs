import { setTimeout as wait } from 'node:timers/promises';
import { createKey, purchaseDefinition } from './contract.mjs';
import { postEvents } from './load.mjs';
import { inFolder, median, residentMiB, startGateway, withoutDataverse } from './processes.mjs';

const ROUNDS = 5;
const IDLE_MS = 5_000;

/** From spawning the process to its first "ready"; memory when it then idles; and the same after kill -9 under load. */
export function start() {
  return inFolder(async (folder) => {
    const settings = withoutDataverse(folder);
    const apiKey = await createKey(settings.DATABASE_URL);
    const starts = [];
    const memories = [];
    for (let round = 0; round < ROUNDS; round++) {
      const { gateway, ms } = await timedStart(settings);
      starts.push(ms);
      if (round === 0) {
        await wait(IDLE_MS);
        memories.push(residentMiB(gateway.pid));
      }
      await gateway.end('SIGTERM');
    }
    const restarts = [];
    for (let round = 0; round < ROUNDS; round++) restarts.push(await restartAfterKill(settings, apiKey));
    return [
      { what: 'start to ready', figure: `${Math.round(median(starts))} ms`, toReach: '< 1000 ms' },
      { what: 'memory idle (resident)', figure: `${median(memories)} MiB`, toReach: '< 120 MB' },
      { what: 'restart after kill -9 to ready', figure: `${Math.round(median(restarts))} ms`, toReach: '< 2000 ms' },
    ];
  });
}

async function timedStart(settings) {
  const began = performance.now();
  const gateway = await startGateway(settings);
  const { status } = await fetch(`${gateway.value}/health/ready`);
  if (status !== 200) throw new Error(`listening, but ready answers ${status}`);
  return { gateway, ms: performance.now() - began };
}

async function restartAfterKill(settings, apiKey) {
  const definition = await purchaseDefinition();
  const { gateway } = await timedStart(settings);
  const load = postEvents({
    url: gateway.value,
    path: `/v1/events/${definition.slug}`,
    apiKey,
    event: definition.example,
    key: definition.key,
    connections: 16,
    seconds: 2,
  });
  await wait(1_000);
  await gateway.end('SIGKILL');
  await load;
  const restarted = await timedStart(settings);
  await restarted.gateway.end('SIGTERM');
  return restarted.ms;
}
