import { fill } from './backlog.mjs';
import { createKey, purchaseDefinition, withStore } from './contract.mjs';
import { postEvents } from './load.mjs';
import { inFolder, residentMiB, startGateway, withoutDataverse } from './processes.mjs';

const SMALL = 1_000;
const LARGE = 1_000_000;
const SECONDS = 5;
const CONNECTIONS = 64;
const CLAIMS = 200;
const CLAIM_LIMIT = 100;

/** What a backlog of a million costs: accepting, claiming, memory, each beside the same at a thousand. */
export function million() {
  return inFolder(async (folder) => {
    const settings = { ...withoutDataverse(folder), BACKLOG_LIMIT: '2000000' };
    const apiKey = await createKey(settings.DATABASE_URL);
    await fill(settings.DATABASE_URL, SMALL);
    const small = await measure(settings, apiKey);
    await fill(settings.DATABASE_URL, LARGE, SMALL);
    const large = await measure(settings, apiKey);
    const beside = (name) => `${Math.round(large[name])}/s, ${Math.round(small[name])}/s at ${SMALL}`;
    return [
      { what: 'accept at a backlog of 1,000,000', figure: beside('accepted'), toReach: 'no slower' },
      { what: 'claim and settle at 1,000,000', figure: beside('claimed'), toReach: 'no slower' },
      {
        what: 'memory then (resident)',
        figure: `${large.memory} MiB, ${small.memory} at ${SMALL}`,
        toReach: '< 250 MB',
      },
    ];
  });
}

async function measure(settings, apiKey) {
  const definition = await purchaseDefinition();
  const claimed = await claimRate(settings.DATABASE_URL, definition.type);
  const gateway = await startGateway(settings);
  const load = { path: `/v1/events/${definition.slug}`, apiKey, event: definition.example, key: definition.key };
  const { rate } = await postEvents({ ...load, url: gateway.value, connections: CONNECTIONS, seconds: SECONDS });
  const memory = residentMiB(gateway.pid);
  await gateway.end('SIGTERM');
  return { accepted: rate, claimed, memory };
}

/** Claims and gives back, so that the backlog stays as long as it is. */
function claimRate(databaseUrl, type) {
  return withStore(databaseUrl, async ({ outbox }) => {
    const request = { kind: 'ordinary', owner: 'bench', applicationUser: 'bench', leaseMs: 30_000, limit: CLAIM_LIMIT };
    const began = performance.now();
    let claimed = 0;
    for (let round = 0; round < CLAIMS; round++) {
      const events = await outbox.claim({ ...request, wanted: [{ type, limit: CLAIM_LIMIT }] });
      await outbox.settle(
        events.map(({ id, leaseToken, counts }) => ({
          id,
          leaseToken,
          settlement: { kind: 'retry', delayMs: 0, counts },
          attempt: null,
        })),
      );
      claimed += events.length;
    }
    return claimed / ((performance.now() - began) / 1000);
  });
}
