import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { openGate } from '../../../src/delivery/gate.js';
import type { Emulator } from '../../../src/emulator/emulator.js';
import type { GatePause } from '../../../src/outbox/gate-pause.js';
import type { GateRecord } from '../../../src/outbox/gate-store.js';
import type { CliRun } from '../../cli/support/run-cli.js';
import { createProvisioningEnvironment, type ProvisioningEnvironment } from './provisioning-environment.js';

const API = 'contoso_CustomerPurchase';
const GATE = 'type:CustomerPurchase';
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
  /** What a recreation told of itself and has not completed; null where nothing is left to complete. */
  recreation(): Promise<GateRecord['recreation']>;
  /** A person pauses or resumes the event type's gate. */
  steer(pause: GatePause | null): Promise<void>;
  /** A gateway of the version before looks, and closes the gate as drift: it leaves the facts as they are. */
  olderLook(): void;
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
  const gate = async () => (await store.gates.list()).find(({ name }) => name === GATE) ?? openGate(GATE);
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
    pause: async () => (await gate()).pause,
    recreation: async () => (await gate()).recreation,
    steer: async (pause) => {
      const record = await gate();
      if (!(await store.gates.save({ ...record, pause, revision: record.revision + 1 }, null)))
        throw new Error('stale');
    },
    olderLook: () => closeAsOlder(String(environment.settings.DATABASE_URL)),
    writes: () => environment.writes().map((write) => write.replace(/\/api\/data\/v[\d.]+\//, '')),
    remove: async () => {
      await environment.remove();
      await rm(folder, { recursive: true });
    },
  };
}

function closeAsOlder(databaseUrl: string): void {
  const database = new DatabaseSync(databaseUrl.replace(/^sqlite:/, ''));
  database.exec(
    `INSERT INTO gate (name, cause, detail, closed_until, closings, changed_at, revision)
      VALUES ('${GATE}', 'drift', 'gone', 1, 1, 1, 1)
      ON CONFLICT (name) DO UPDATE SET cause = 'drift', detail = 'gone', closed_until = 1, revision = revision + 1`,
  );
  database.close();
}

/** What is there, and who may call the custom API. */
function names(environment: ProvisioningEnvironment): unknown {
  const tables = ['customapi', 'customapirequestparameter', 'catalogassignment', 'sdkmessageprocessingstep'];
  return tables.map((table) =>
    environment
      .rows(table)
      .map(({ name, executeprivilegename: privilege = null }) => `${name} ${privilege}`)
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
