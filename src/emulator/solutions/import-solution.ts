import type { Tables } from '../tables/tables.js';
import type { Refusal } from '../tables/write-result.js';
import { importComponents } from './import-components.js';
import { ImportRefusedError } from './import-refused.error.js';
import { ImportTarget } from './import-target.js';
import { installSolution } from './install-solution.js';
import { readPackage } from './read-package.js';
import type { SolutionManifest } from './solution-package.js';
import { unzipPackage } from './unzip-package.js';

/** What became of an import: all of the package, or nothing of it. */
export type SolutionImport =
  | { readonly kind: 'done'; readonly manifest: SolutionManifest }
  | ({ readonly kind: 'refused' } & Refusal);

/**
 * Imports a package as one transaction: creates missing rows, changes existing ones, deletes nothing. Components are
 * checked by the same rules as single writes; an immutable column that differs refuses the whole package.
 */
export function importSolution(tables: Tables, bytes: Uint8Array, userId: string | null): SolutionImport {
  try {
    return tables.atomically(() => {
      const content = readPackage(unzipPackage(bytes), (logicalName) => definitionOf(tables, logicalName));
      const target = new ImportTarget(tables, { userId, solution: content.manifest.uniqueName });
      const finish = installSolution(target, content.manifest);
      importComponents(target, content);
      finish();
      return { kind: 'done', manifest: content.manifest };
    });
  } catch (error) {
    if (error instanceof ImportRefusedError) return { kind: 'refused', ...error.refusal };
    throw error;
  }
}

function definitionOf(tables: Tables, logicalName: string) {
  const definition = tables.definition(logicalName);
  if (definition === null) throw new Error(`There is no table '${logicalName}'.`);
  return definition;
}
