import { withDataverse } from '../../../src/cli/dataverse/connect-dataverse.js';
import type { EventDefinition } from '../../../src/contract/event-definition.js';
import { Provisioner } from '../../../src/dataverse/provisioning/provisioner.js';
import { wishedStateFor } from '../../../src/dataverse/provisioning/wished/wished-state-for.js';
import type { Emulator } from '../../../src/emulator/emulator.js';
import type { Cell, Row } from '../../../src/emulator/tables/table-definition.js';
import { type CliRun, runCli } from '../../cli/support/run-cli.js';
import { createEnvironment } from '../../support/environment.js';
import { trust } from '../../support/trust.js';
import { createEventsFolder, type EventsFolder } from './events-folder.js';

/** An emulated Dataverse, a folder to import into, and what `plan` would say of the definitions in it. */
export interface ImportingEnvironment {
  readonly emulator: Emulator;
  readonly folder: EventsFolder;
  /** Runs `dataverse <args>`. */
  run(...args: readonly string[]): Promise<CliRun>;
  /** Imports into the folder and loads what was written. */
  import(uniqueName: string, ...options: readonly string[]): Promise<EventDefinition>;
  /** What `plan` says of one definition: a line for a change, and for what stands in its way. */
  plan(definition: EventDefinition): Promise<readonly string[]>;
  /** Creates a row by the rules of Dataverse, in the solution that events are put into; gives its id. */
  create(table: string, body: object): string;
  /** Creates a row that only Dataverse itself could. */
  put(table: string, cells: Readonly<Record<string, Cell>>): Row;
  /** The one row of a table whose column holds this. */
  row(table: string, column: string, cell: Cell): Row;
  remove(): Promise<void>;
}

export async function createImportingEnvironment(): Promise<ImportingEnvironment> {
  const { emulator, settings: connection, remove } = await createEnvironment({ customApis: [] });
  const distrust = trust(emulator.caCertificate);
  const folder = await createEventsFolder();
  const environment = { ...connection, DATAVERSE_SOLUTION: 'BusinessEvents' };
  const { tables } = emulator;
  const run = (...args: readonly string[]) => runCli(['dataverse', ...args], { environment });
  return {
    emulator,
    folder,
    run,
    import: async (uniqueName, ...options) => {
      const out = `${folder.path}/${uniqueName}.event.ts`;
      const { exitCode, stderr } = await run('import', uniqueName, '--out', out, ...options);
      if (exitCode !== 0) throw new Error(stderr);
      const [definition] = (await folder.load()).definitions;
      if (definition === undefined) throw new Error('nothing was written');
      return definition;
    },
    plan: (definition) => plan(definition, environment),
    create: (table, body) => {
      const result = tables.create(table, body, { userId: null, solution: 'BusinessEvents' });
      if (result.kind === 'refused') throw new Error(result.message);
      return result.id;
    },
    put: (table, cells) => tables.putRow(table, cells),
    row: (table, column, cell) => {
      const [found, ...others] = tables.rows(table).filter((row) => row[column] === cell);
      if (found === undefined || others.length > 0) throw new Error(`not one ${table} with ${column} ${cell}`);
      return found;
    },
    remove: async () => {
      distrust();
      await Promise.all([folder.remove(), remove()]);
    },
  };
}

function plan(definition: EventDefinition, environment: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const silent = { write: () => undefined };
  const context = { stdout: silent, stderr: silent, environment, interruption: neverAborted, ask: null };
  return withDataverse(context, async ({ tables, prefix, solution }) => {
    const { changes, obstacles } = await new Provisioner(
      tables,
      wishedStateFor([definition], { prefix, solution }),
    ).plan();
    return [
      ...changes.map(
        ({ action, component, name, differences }) =>
          `${action} ${component} ${name}${differences.map(({ column }) => ` ${column}`).join('')}`,
      ),
      ...obstacles.map(({ component, name, what }) => `obstacle ${component} ${name}: ${what}`),
    ];
  });
}

function neverAborted(): AbortSignal {
  return new AbortController().signal;
}
