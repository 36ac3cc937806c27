import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fill } from './backlog.mjs';
import { inFolder, startGateway, startProcess, withoutDataverse } from './processes.mjs';

const EMULATOR = fileURLToPath(new URL('emulator-process.mjs', import.meta.url));
const AXIOS_LOOP = fileURLToPath(new URL('axios-loop.mjs', import.meta.url));
/** Dataverse's 6000 in five minutes, scaled down. */
const LIMITS = { requests: 600, windowMs: 10_000 };
const CALLS = 6_000;
const CALLS_PER_USER = 3_000;

/**
 * Delivering against service protection limits, at the same time as a plain loop with a user of its own. The loop has as
 * long as the gateway needs: a client that calls too early is told to wait ever longer.
 */
export function limits() {
  return inFolder(async (folder) => {
    const [ours, loops] = usersOf(2);
    return withEmulator(folder, [ours, loops], async ({ environment, complete, account }) => {
      const settings = await prepare(folder, { environment, users: [ours], calls: CALLS });
      const done = complete(CALLS, [ours]);
      const [gateway, loop] = await Promise.all([startGateway(settings), startLoop(environment, loops)]);
      await done;
      const accounts = await account();
      await Promise.all([gateway.end('SIGTERM'), loop.end('SIGTERM')]);
      return [
        ...rowsOf(`limits of ${LIMITS.requests} in ${LIMITS.windowMs / 1000} s`, [accounts[ours.clientId]], true),
        ...rowsOf('the same by 40 workers of axios-retry', [accounts[loops.clientId]], false),
      ];
    });
  });
}

/** As many application users carry as many times as much. */
export async function users() {
  const rows = [];
  for (const count of [1, 2, 4]) rows.push(...(await manyUsers(count)));
  return rows;
}

/** Delivers a backlog against the limits; resolves with each user's account. `start` starts whatever delivers. */
export function carry(folder, { count, database, start }) {
  const users = usersOf(count);
  return withEmulator(folder, users, async ({ environment, complete, account }) => {
    const calls = CALLS_PER_USER * count;
    const settings = await prepare(folder, { environment, users, calls, database });
    const done = complete(calls, users);
    const gateways = await start(settings);
    await done;
    const accounts = await account();
    await Promise.all(gateways.map((gateway) => gateway.end('SIGTERM')));
    return Object.values(accounts);
  });
}

export function rowsOf(what, accounts, isOurs) {
  const sum = (name) => accounts.reduce((total, account) => total + account[name], 0);
  const share = sum('share') / accounts.length;
  const throttled = sum('throttled') / (sum('admitted') + sum('throttled'));
  const figure = [
    `${sum('perSecond').toFixed(1)}/s, ${(100 * share).toFixed(1)} % of what they allow`,
    `${(100 * throttled).toFixed(2)} % throttled, ${sum('early')} too early`,
  ];
  return [{ what, figure: figure.join(', '), toReach: isOurs ? '>= 98 %, < 0.5 %, 0' : '' }];
}

function manyUsers(count) {
  return inFolder(async (folder) => {
    const start = async (settings) => [await startGateway(settings)];
    return rowsOf(`${count} application users`, await carry(folder, { count, start }), true);
  });
}

function usersOf(count) {
  return Array.from({ length: count }, (_, index) => ({
    clientId: `aaaaaaaa-0000-4000-8000-00000000000${index + 1}`,
    clientSecret: `secret-${index + 1}`,
  }));
}

/** A filled store, and the settings of a gateway that sends it as these users. */
async function prepare(folder, { environment, users, calls, database }) {
  const [first, ...others] = users;
  const file = join(folder, 'users.json');
  writeFileSync(file, JSON.stringify(others));
  const settings = {
    ...withoutDataverse(folder),
    ...environment,
    AZURE_CLIENT_ID: first.clientId,
    AZURE_CLIENT_SECRET: first.clientSecret,
    DELIVERY_BATCH_SIZE: '1',
    LOG_LEVEL: 'info',
    ...(database === undefined ? {} : { DATABASE_URL: database }),
    ...(others.length === 0 ? {} : { DATAVERSE_APPLICATION_USERS: file }),
  };
  await fill(settings.DATABASE_URL, calls);
  return settings;
}

function startLoop(environment, { clientId, clientSecret }) {
  const parameters =
    '{"EventId":"EVENT_ID","EventSource":"s","PurchaseId":"p","OccurredAt":"2026-11-22T10:00:00Z","StoreId":"s","TotalAmount":24.85,"CurrencyCode":"EUR"}';
  const loop = {
    AZURE_TENANT_ID: '11111111-2222-4333-8444-555555555555',
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    BENCH_CALLS: String(CALLS),
    BENCH_BODY: parameters,
  };
  return startProcess(AXIOS_LOOP, { ...environment, ...loop }, (line) => (line === 'ready' ? line : null));
}

async function withEmulator(folder, users, work) {
  const ca = join(folder, 'ca.pem');
  const emulator = await startProcess(
    EMULATOR,
    { BENCH_CA: ca, BENCH_USERS: JSON.stringify(users), BENCH_LIMITS: JSON.stringify(LIMITS) },
    (line) => (line.startsWith('https:') ? line : null),
  );
  const answer = async (question, word) => {
    emulator.stdin.write(`${question}\n`);
    for (;;) {
      const [line] = await once(emulator.lines, 'line');
      if (line.startsWith(word)) return line.slice(word.length);
    }
  };
  try {
    return await work({
      environment: { DATAVERSE_URL: emulator.value, AZURE_AUTHORITY_HOST: emulator.value, NODE_EXTRA_CA_CERTS: ca },
      complete: (calls, users) => answer([calls, ...users.map(({ clientId }) => clientId)].join(' '), 'COMPLETE'),
      account: async () => JSON.parse(await answer('?', 'ACCOUNT ')),
    });
  } finally {
    await emulator.end('SIGTERM');
  }
}
