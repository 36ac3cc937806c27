import type { SolutionIdentity } from '../../dataverse/provisioning/solution-files/solution-identity.js';
import type { CliContext } from '../cli-context.js';
import { printable } from '../write-output.js';
import { sentence } from './sentence.js';
import type { WrittenFolder } from './write-solution-folder.js';

/** The result of an export; with `--json` it is the answer as it is. */
export interface ExportReport {
  readonly solution: SolutionIdentity;
  /** Unique names. */
  readonly catalogs: readonly string[];
  readonly customApis: readonly string[];
  readonly folder: (WrittenFolder & { readonly path: string }) | null;
  readonly package: { readonly path: string; readonly bytes: number; readonly managed: boolean } | null;
  /** What importing it does that `apply` would not. */
  readonly notes: readonly string[];
}

/** Tells a person what was exported, where to, what it is for, and what is not in it. */
export function showExport(report: ExportReport, { stdout, stderr }: CliContext): void {
  for (const line of linesOf(report)) stdout.write(`${printable(line)}\n`);
  for (const note of report.notes) stderr.write(`${printable(`Note: ${sentence(note)}`)}\n`);
}

function linesOf({ solution, catalogs, customApis, folder, package: written }: ExportReport): readonly string[] {
  const { uniqueName, version, publisher } = solution;
  const lines = [
    `${uniqueName} ${version} of publisher ${publisher.uniqueName} (prefix ${publisher.prefix}): ` +
      `${customApis.length} custom APIs in ${catalogs.length} catalogs and categories.`,
  ];
  if (folder !== null) lines.push(inFolder(folder));
  if (written !== null) {
    const kind = written.managed ? 'managed' : 'unmanaged';
    lines.push(`${written.path}: ${written.bytes} bytes, ${kind}, for pac solution import.`);
  }
  lines.push(
    'Service endpoints and their steps are not in it: dataverse apply with --endpoints and --receiver makes them after the import.',
  );
  return lines;
}

function inFolder({ path, written, unchanged, removed }: NonNullable<ExportReport['folder']>): string {
  const counts = `${written.length} files written, ${unchanged.length} unchanged, ${removed.length} removed`;
  return `${path}: ${counts}, for pac solution pack.`;
}
