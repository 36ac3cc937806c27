import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Emulator } from '../../../src/emulator/emulator.js';
import type { GatePause } from '../../../src/outbox/gate-store.js';
import type { CliRun } from '../../cli/support/run-cli.js';
import { createProvisioningEnvironment, type ProvisioningEnvironment } from './provisioning-environment.js';

const API = 'contoso_CustomerPurchase';
const CATEGORY = 'contoso_ContosoCustomerManagement_CustomerEvents';
export const RECREATE = `apply --yes --recreate ${API}`;

const WHOLE = [
  'DELETE sdkmessageprocessingsteps',
  'DELETE catalogassignments',
  'DELETE customapis',
  'POST customapis',
  'POST catalogassignments',
  'POST sdkmessageprocessingsteps',
];

/** What has to be made anew, and the writes of that in their order: each has its own method and table. */
export const WRITES = {
  'a custom API': WHOLE,
  // An obstacle that stays: nothing new is put there, and what was there stays.
  'a custom API in a category that somebody moved': WHOLE,
  'a parameter of every event': [
    'PATCH customapis',
    'DELETE customapirequestparameters',
    'POST customapirequestparameters',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Recreated = keyof typeof WRITES;

/** An event type with a gate, a privilege, an assignment and a step, of which something has to be made anew. */
export interface HalfMadeWorld {
  readonly emulator: Emulator;
  /** What has to stand in Dataverse after the recreation. */
  readonly wished: unknown;
  /** What stands there now. */
  state(): unknown;
  /** Whether nothing of it is missing, as it should be or as it was. */
  isWhole(): boolean;
  /** What a command ends with that did all there is to do. */
  readonly exitCode: number;
  /** `dataverse <args>`, with the endpoints. */
  run(args: string): Promise<CliRun>;
  /** Of the event type's gate. */
  pause(): Promise<GatePause | null>;
  /** `DELETE customapis` and so on, since the last look. */
  writes(): readonly string[];
  remove(): Promise<void>;
}

export async function createHalfMadeWorld(recreated: Recreated): Promise<HalfMadeWorld> {
  const environment = await createProvisioningEnvironment();
  const folder = await mkdtemp(join(tmpdir(), 'endpoints-'));
  const file = join(folder, 'endpoints.json');
  const authentication = { kind: 'http-header', headers: { 'x-key': 'key-of-the-lake' } };
  const lake = { name: 'Lake', kind: 'webhook', url: 'https://lake.example.com/', authentication };
  await writeFile(file, JSON.stringify([{ ...lake, events: ['CustomerPurchase'] }]), { mode: 0o600 });
  const run = (args: string) => environment.run(`${args} --endpoints ${file}`);
  const state = () => [environment.provisioned(), environment.rows('sdkmessageprocessingstep').map(({ name }) => name)];

  await run('apply --yes');
  const store = await environment.store();
  environment.drift('customapi', { uniquename: API }, { executeprivilegename: 'prvReadAccount' });
  const isMoved = recreated === 'a custom API in a category that somebody moved';
  if (isMoved) moveCategory(environment);
  const wished = state();
  const whole = names(environment);
  if (recreated === 'a parameter of every event') makePartsStale(environment);
  else environment.drift('customapi', { uniquename: API }, { allowedcustomprocessingsteptype: 2 });
  environment.writes();
  return {
    emulator: environment.emulator,
    wished,
    state,
    isWhole: () => isDeepStrictEqual(names(environment), whole),
    exitCode: isMoved ? 3 : 0,
    run,
    pause: async () => (await store.gates.list()).find(({ name }) => name === 'type:CustomerPurchase')?.pause ?? null,
    writes: () => environment.writes().map((write) => write.replace(/\/api\/data\/v[\d.]+\//, '')),
    remove: async () => {
      await environment.remove();
      await rm(folder, { recursive: true });
    },
  };
}

function names(environment: ProvisioningEnvironment): unknown {
  const tables = ['customapi', 'customapirequestparameter', 'catalogassignment', 'sdkmessageprocessingstep'];
  return tables.map((table) =>
    environment
      .rows(table)
      .map(({ name }) => name)
      .sort(),
  );
}

function moveCategory(environment: ProvisioningEnvironment): void {
  const { catalogid: elsewhere = null } = environment.row('catalog', { uniquename: 'contoso_ContosoVendorManagement' });
  environment.drift('catalog', { uniquename: CATEGORY }, { parentcatalogid: elsewhere });
}

function makePartsStale(environment: ProvisioningEnvironment): void {
  const { customapiid = null } = environment.row('customapi', { uniquename: API });
  environment.drift('customapi', { uniquename: API }, { displayname: 'Other' });
  environment.drift('customapirequestparameter', { uniquename: 'EventId', customapiid }, { type: 10 });
}
