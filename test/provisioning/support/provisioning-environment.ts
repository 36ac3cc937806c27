import type { Emulator } from '../../../src/emulator/emulator.js';
import type { EmulatorOptions } from '../../../src/emulator/emulator-options.js';
import type { Cell, Row } from '../../../src/emulator/tables/table-definition.js';
import { SystemClock } from '../../../src/kernel/clock.js';
import { openStore } from '../../../src/outbox/open-store.js';
import type { Store } from '../../../src/outbox/store.js';
import { type CliRun, type CliRunOptions, runCli } from '../../cli/support/run-cli.js';
import { createEnvironment } from '../../support/environment.js';
import { trust } from '../../support/trust.js';

/** An emulated Dataverse in which nothing is provisioned, and `dataverse` commands against it. */
export interface ProvisioningEnvironment {
  readonly emulator: Emulator;
  /** What points a process at it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Runs `dataverse <args>`; settings given here stand over those of the environment. */
  run(args: string, options?: CliRunOptions): Promise<CliRun>;
  /** The one row of a table whose columns are these. */
  row(table: string, where: Row): Row;
  rows(table: string, where?: Row): readonly Row[];
  /** Changes a row past every rule, as somebody with a database at hand could. */
  drift(table: string, where: Row, cells: Readonly<Record<string, Cell>>): void;
  /** Requests that were to change something, since the last look. */
  writes(): readonly string[];
  /** What is provisioned, without ids and times: equal where nothing differs. */
  provisioned(): unknown;
  /** The gateway's store beside it, made at the first call. */
  store(): Promise<Store>;
  remove(): Promise<void>;
}

export async function createProvisioningEnvironment(options: EmulatorOptions = {}): Promise<ProvisioningEnvironment> {
  const { emulator, databaseUrl, settings, remove } = await createEnvironment({ customApis: [], ...options });
  const distrust = trust(emulator.caCertificate);
  let store: Store | null = null;
  let seen = 0;
  const rows = (table: string, where: Row = {}) =>
    emulator.tables.rows(table).filter((row) => Object.entries(where).every(([column, cell]) => row[column] === cell));
  const row = (table: string, where: Row) => {
    const [found, ...others] = rows(table, where);
    if (found === undefined || others.length > 0) throw new Error(`not one ${table} ${JSON.stringify(where)}`);
    return found;
  };
  return {
    emulator,
    settings,
    rows,
    row,
    run: (args, { environment = {}, ...more } = {}) =>
      runCli(['dataverse', ...args.split(' ')], {
        ...more,
        environment: { ...settings, DATAVERSE_SOLUTION: 'BusinessEvents', ...environment },
      }),
    drift: (table, where, cells) => {
      emulator.tables.changeRow(table, String(row(table, where)[`${table}id`]), cells);
    },
    writes: () => {
      const requests = emulator.requests().filter(({ sequence }) => sequence > seen);
      seen = requests.at(-1)?.sequence ?? seen;
      const written = requests.filter(({ method, url }) => method !== 'GET' && url.startsWith('/api/'));
      return written.map(({ method, url }) => `${method} ${url.replace(/\(.*/, '')}`);
    },
    provisioned: () =>
      TABLES.map((table) =>
        rows(table)
          .map((one) => essence(table, one, emulator))
          .sort(),
      ),
    store: async () => {
      store ??= await openStore({ databaseUrl, role: 'owner', clock: new SystemClock() });
      return store;
    },
    remove: async () => {
      await store?.close();
      distrust();
      await remove();
    },
  };
}

const TABLES = [
  'publisher',
  'solution',
  'catalog',
  'customapi',
  'customapirequestparameter',
  'customapiresponseproperty',
  'catalogassignment',
];

/** Ids and times are new each time; lookups stand for the unique name of the row they point to. */
function essence(table: string, row: Row, emulator: Emulator): string {
  const definition = emulator.tables.definition(table);
  const plain =
    definition?.columns.filter(({ type }) => type !== 'guid' && type !== 'instant' && type !== 'bigint') ?? [];
  const cells = plain.map(({ name }) => [name, row[name] ?? null]);
  const lookups = (definition?.lookups ?? []).map(({ column, target }) => {
    const pointed = emulator.tables.find(target, String(row[column]));
    return [`${column} ${target}`, pointed?.uniquename ?? pointed?.name ?? null];
  });
  return JSON.stringify(Object.fromEntries([...cells, ...lookups]));
}
