import { resolve } from 'node:path';
import type { Command } from 'commander';
import { packedSolution } from '../dataverse/provisioning/solution-files/packed-solution.js';
import type { SolutionIdentity } from '../dataverse/provisioning/solution-files/solution-identity.js';
import { unpackedSolution } from '../dataverse/provisioning/solution-files/unpacked-solution.js';
import type { WishedState } from '../dataverse/provisioning/wished/wished-state.js';
import { readSolution } from '../settings/read-settings.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { commandGroup } from './command-group.js';
import { exportNotes } from './dataverse/export-notes.js';
import { requirePackagePlace } from './dataverse/require-package-place.js';
import { type ExportReport, showExport } from './dataverse/show-export.js';
import { addSolutionOptions, type SolutionOptions, solutionIdentity } from './dataverse/solution-options.js';
import { addWishOptions, type WishOptions, wishByOptions } from './dataverse/wish-by-options.js';
import { writeSolutionFolder } from './dataverse/write-solution-folder.js';
import { writeWhole } from './dataverse/write-whole.js';
import { ExitCode } from './exit-codes.js';
import { loadCatalog } from './load-catalog.js';
import { writeJson } from './write-output.js';

interface Options extends SolutionOptions, WishOptions {
  readonly folder?: string;
  readonly zip?: string;
  readonly managed?: true;
  readonly json?: true;
}

/** `dataverse export`: what `apply` would create, as the files of a solution; it needs no environment. */
export function registerDataverseExport(program: Command, context: CliContext): void {
  const command = commandGroup(program, 'dataverse', 'the environment that events go to')
    .command('export')
    .description('Write what apply would create as a solution, for teams that deploy by pipeline; needs no connection.')
    .option('--folder <folder>', 'write it unpacked, as pac solution pack takes it')
    .option('--zip <file>', 'write it as a package, as pac solution import takes it')
    .option('--managed', 'the package is a managed one; a folder is packed as either');
  addWishOptions(addSolutionOptions(command))
    .option('--json', 'answer in JSON')
    .action((options: Options) => exportSolution(options, context));
}

async function exportSolution(options: Options, context: CliContext): Promise<void> {
  const places = placesOf(options);
  const { catalog, prefix } = await loadCatalog(context);
  const solution = requireSolution(readSolution(context.environment));
  const wished = wishByOptions(catalog.definitions, options, { prefix, solution });
  const identity = solutionIdentity(solution, prefix, options);
  const written = await write({ wished, identity, managed: options.managed === true, ...places });
  const report = { ...written, notes: exportNotes(wished, identity, options) };
  if (options.json) writeJson(context, report);
  else showExport(report, context);
}

interface Places {
  readonly folder: string | null;
  readonly zip: string | null;
}

function placesOf({ folder, zip, managed, solutionVersion }: Options): Places {
  if (folder === undefined && zip === undefined) {
    throw new CommandError(ExitCode.Usage, 'Say where to write: --folder <folder>, --zip <file>, or both.');
  }
  if (managed && zip === undefined) {
    throw new CommandError(
      ExitCode.Usage,
      '--managed is about --zip: a folder becomes one or the other when it is packed (pac solution pack --packagetype).',
    );
  }
  if (zip !== undefined && solutionVersion === undefined) {
    throw new CommandError(
      ExitCode.Usage,
      '--zip needs --solution-version, such as 1.2.0.42, higher with every release: an import sets it, and a managed ' +
        'package that is lower than what is installed is refused.',
    );
  }
  return { folder: folder === undefined ? null : resolve(folder), zip: zip === undefined ? null : resolve(zip) };
}

function requireSolution(solution: string | null): string {
  if (solution === null) {
    throw new CommandError(
      ExitCode.Usage,
      'DATAVERSE_SOLUTION is not set: a solution file needs the unique name of its solution, such as BusinessEvents.',
    );
  }
  if (!/^(default|active|basic)$/i.test(solution)) return solution;
  throw new CommandError(
    ExitCode.Usage,
    `DATAVERSE_SOLUTION is ${solution}, a solution of the system, which no file can bring: name one of your own.`,
  );
}

interface Work extends Places {
  readonly wished: WishedState;
  readonly identity: SolutionIdentity;
  readonly managed: boolean;
}

/** Everything is made and checked before anything is written. */
async function write({ wished, identity, managed, folder, zip }: Work): Promise<Omit<ExportReport, 'notes'>> {
  const files = unpackedSolution(wished, identity);
  const bytes = packedSolution(wished, identity, managed ? 'managed' : 'unmanaged');
  if (zip !== null) await requirePackagePlace(zip, folder);
  const writtenFolder = folder === null ? null : { path: folder, ...(await writeSolutionFolder(folder, files)) };
  if (zip !== null) await writeWhole(zip, bytes);
  return {
    solution: identity,
    catalogs: wished.catalogs.map(({ uniqueName }) => uniqueName),
    customApis: wished.customApis.map(({ api }) => api.uniqueName),
    folder: writtenFolder,
    package: zip === null ? null : { path: zip, bytes: bytes.length, managed },
  };
}
