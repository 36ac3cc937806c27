import type { Row } from '../tables/table-definition.js';
import type { ImportTarget } from './import-target.js';
import { importRefused } from './refusals.js';
import type { SolutionManifest } from './solution-package.js';

const PATH = 'solution.xml';

/**
 * Creates the solution and its publisher if they are missing, and checks existing ones: modes that differ, a managed
 * solution's publisher and version. Call the result once the components are imported: it makes the components of a
 * managed package managed.
 */
export function installSolution(target: ImportTarget, manifest: SolutionManifest): () => void {
  const { uniqueName, isManaged } = manifest;
  if (/^(?:default|active|basic)$/i.test(uniqueName)) throw importRefused.systemSolution();
  const installed = target.findBy('solution', { uniquename: uniqueName });
  if (installed !== null) judge(target, installed, manifest);
  if (installed !== null && isManaged) setManaged(target, installed, false);
  const solution = bringSolution(target, installed, manifest);
  return () => {
    if (isManaged) setManaged(target, solution, true);
  };
}

function judge({ tables }: ImportTarget, installed: Row, manifest: SolutionManifest): void {
  const { uniqueName, isManaged, version, publisher } = manifest;
  if (installed.ismanaged !== isManaged) {
    throw isManaged ? importRefused.managedOverUnmanaged() : importRefused.unmanagedOverManaged();
  }
  if (!isManaged) return;
  const known = `${tables.find('publisher', `${installed.publisherid}`)?.uniquename}`;
  if (known.toLowerCase() !== publisher.uniqueName.toLowerCase()) {
    throw importRefused.wrongPublisher(uniqueName, known, publisher.uniqueName);
  }
  if (compareVersions(version, `${installed.version}`) < 0) {
    throw importRefused.lowerVersion(uniqueName, `${installed.version}`, version);
  }
}

/** An installed solution keeps its publisher. */
function bringSolution(target: ImportTarget, installed: Row | null, manifest: SolutionManifest): Row {
  const { uniqueName, displayName, version } = manifest;
  const columns = { uniquename: uniqueName, friendlyname: displayName, version };
  const how = { ...target.how, solution: null };
  if (installed !== null) {
    return target.bring('solution', { present: installed, columns, path: PATH }, how);
  }
  const publisher = bringPublisher(target, manifest);
  const binds = { publisherid: target.addressOf('publisher', publisher) };
  return target.bring('solution', { present: null, columns, binds, path: PATH }, how);
}

/** An existing publisher stays as it is. */
function bringPublisher(target: ImportTarget, { publisher }: SolutionManifest): Row {
  const present = target.findBy('publisher', { uniquename: publisher.uniqueName });
  if (present !== null) return present;
  const columns = {
    uniquename: publisher.uniqueName,
    friendlyname: publisher.displayName,
    customizationprefix: publisher.prefix,
    customizationoptionvalueprefix: publisher.optionValuePrefix,
  };
  return target.bring('publisher', { present: null, columns, path: PATH }, { ...target.how, solution: null });
}

/**
 * Writes the solution and its components past the rules that protect managed rows: those bind everybody but the
 * solution itself. All of it is one transaction, so nobody sees them unmanaged.
 */
function setManaged(target: ImportTarget, solution: Row, ismanaged: boolean): void {
  const { tables } = target;
  const solutionId = `${solution.solutionid}`;
  tables.changeRow('solution', solutionId, { ismanaged });
  const ids = new Set(
    tables
      .rows('solutioncomponent')
      .filter(({ solutionid }) => solutionid === solutionId)
      .map(({ objectid }) => `${objectid}`),
  );
  for (const { logicalName, primaryKey } of tables.definitions.filter((table) => table.componentType !== undefined)) {
    for (const row of tables.rows(logicalName).filter((candidate) => ids.has(`${candidate[primaryKey]}`))) {
      tables.changeRow(logicalName, `${row[primaryKey]}`, { ismanaged, ...(ismanaged && { solutionid: solutionId }) });
    }
  }
}

/** Number by number, as `1.10` is later than `1.9`; a missing number is 0. */
function compareVersions(one: string, other: string): number {
  const [first, second] = [one, other].map((version) => version.split('.').map(Number));
  const differences = [0, 1, 2, 3].map((part) => (first?.[part] ?? 0) - (second?.[part] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}
