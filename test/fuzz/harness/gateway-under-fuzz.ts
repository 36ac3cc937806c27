import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createEnvironment } from '../../support/environment.js';
import { GatewayProcess } from '../../support/gateway-process.js';
import { until } from '../../support/until.js';
import { Contract } from './contract.js';
import type { EventTypeUnderFuzz, World } from './world.js';

/** More than any campaign stores. */
const BACKLOG_LIMIT = '100000000';

/** As short as a secret may be without being warned about. */
const HOOK_KEY = 'key-of-dataverse';

/** The gauges are measured now and then. */
const MEASURED_WITHIN_MS = 10_000;

/** The built gateway in a process of its own, whose Dataverse is away: what it accepts, it keeps. */
export interface GatewayUnderFuzz {
  readonly url: string;
  readonly port: number;
  readonly world: World;
  /** What is wrong with it after a campaign: gone, errors in the log, another count of events than it answered. */
  afterwards(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export async function startGatewayUnderFuzz(): Promise<GatewayUnderFuzz> {
  const environment = await createEnvironment();
  const hookAuth = join(environment.folder, 'hook-auth.json');
  await writeFile(hookAuth, JSON.stringify({ kind: 'webhook-key', key: HOOK_KEY }), { mode: 0o600 });
  const settings = {
    ...environment.settings,
    HOOK_AUTH_FILE: hookAuth,
    AZURE_AUTHORITY_HOST: `https://127.0.0.1:${await closedPort()}`,
    BACKLOG_LIMIT,
  };
  const gateway = await GatewayProcess.start(settings);
  const keys = {
    publisher: await environment.createClient('publisher'),
    bystander: await environment.createClient('bystander', { publish: ['NothingSentHere'] }),
    operator: await environment.createClient('operator', { publish: [], operator: true }),
  };
  const contract = new Contract();
  const world: World = {
    contract,
    keys,
    eventTypes: await eventTypesOf(gateway.url, keys.operator, contract),
    applicationUser: environment.settings.AZURE_CLIENT_ID ?? '',
    hookKey: HOOK_KEY,
    accepted: new Set(),
    undecided: 0,
  };
  return {
    url: gateway.url,
    port: Number(new URL(gateway.url).port),
    world,
    afterwards: () => faultsAfterwards(gateway, world),
    remove: async () => {
      await gateway.kill();
      await environment.remove();
    },
  };
}

/** A port that nobody listens at. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function eventTypesOf(url: string, apiKey: string, contract: Contract): Promise<readonly EventTypeUnderFuzz[]> {
  const answer = await fetch(`${url}/v1/event-types`, { headers: { Authorization: `Bearer ${apiKey}` } });
  const { eventTypes } = (await answer.json()) as { readonly eventTypes: readonly EventTypeUnderFuzz[] };
  return eventTypes.map(({ type, path, key }) => {
    const operation = contract.operations.find((candidate) => candidate.path === path && candidate.method === 'POST');
    const pointer = operation?.bodies.get('application/json');
    if (operation === undefined || pointer === undefined) throw new Error(`the document lacks ${path}`);
    return { type, path, key, operation: operation.id, pointer, schema: contract.schemaAt(pointer) };
  });
}

async function faultsAfterwards(gateway: GatewayProcess, { accepted, keys }: World): Promise<readonly string[]> {
  // That its Dataverse is away it may say as loudly as it likes.
  const errors = gateway.lines.filter(
    (line) => /"level":"(?:error|fatal)"/.test(line) && !line.includes('gate.changed'),
  );
  let stored = -1;
  await until(async () => {
    const answer = await fetch(`${gateway.url}/metrics`, { headers: { Authorization: `Bearer ${keys.operator}` } });
    stored = storedIn(await answer.text());
    return stored === accepted.size;
  }, MEASURED_WITHIN_MS).catch(() => undefined);
  return [
    ...errors.slice(0, 5).map((line) => `an error in the log: ${line.slice(0, 500)}`),
    ...(stored === accepted.size ? [] : [`${accepted.size} events were accepted, ${stored} are stored`]),
  ];
}

/** The store's own gauges, summed over every status. */
function storedIn(metrics: string): number {
  return [...metrics.matchAll(/^gateway_outbox_events\{[^}]*\} (\d+)$/gm)].reduce(
    (sum, [, value]) => sum + Number(value),
    0,
  );
}
