import type { Row } from '../tables/table-definition.js';
import type { ImportTarget } from './import-target.js';
import { importRefused } from './refusals.js';
import type { PackagedAssignment, PackagedCatalog, PackagedCustomApi, SolutionPackage } from './solution-package.js';

/** Imports a package's components in the order in which they depend on each other. */
export function importComponents(target: ImportTarget, { manifest, ...content }: SolutionPackage): void {
  const importing = { target, solution: manifest.uniqueName };
  const roots = content.catalogs.filter(({ parent }) => parent === null);
  const categories = content.catalogs.filter(({ parent }) => parent !== null);
  for (const catalog of [...roots, ...categories]) importCatalog(importing, catalog);
  for (const customApi of content.customApis) importCustomApi(importing, customApi);
  for (const assignment of content.assignments) importAssignment(importing, assignment);
}

interface Importing {
  readonly target: ImportTarget;
  /** Unique name. */
  readonly solution: string;
}

function importCatalog(importing: Importing, { uniqueName, columns, parent, path }: PackagedCatalog): void {
  const { target } = importing;
  const root = parent === null ? null : required(importing, ['catalog', 'uniquename', parent]);
  const present = target.findBy('catalog', { uniquename: uniqueName });
  const binds = { ParentCatalogId: root === null ? null : target.addressOf('catalog', root) };
  target.bring('catalog', { present, columns, binds, path });
}

function importCustomApi(importing: Importing, customApi: PackagedCustomApi): void {
  const { target } = importing;
  const { uniqueName, columns, path, parameters, properties } = customApi;
  const present = target.findBy('customapi', { uniquename: uniqueName });
  const api = target.bring('customapi', { present, columns, binds: pluginTypeOf(importing, customApi), path });
  const customapiid = `${api.customapiid}`;
  const parts = { customapirequestparameter: parameters, customapiresponseproperty: properties };
  for (const [table, wished] of Object.entries(parts)) {
    for (const part of wished) {
      const known = target.findBy(table, { uniquename: part.uniqueName, customapiid });
      const binds = { CustomAPIId: target.addressOf('customapi', api) };
      target.bring(table, { present: known, columns: part.columns, binds, path: part.path });
    }
  }
}

/** A file may name the plug-in type by its id or by its export key. */
function pluginTypeOf(
  importing: Importing,
  { pluginType }: PackagedCustomApi,
): Readonly<Record<string, string | null>> {
  if (pluginType === undefined) return {};
  if (pluginType === null) return { PluginTypeId: null };
  const { target } = importing;
  const byKey = target.findBy('plugintype', { plugintypeexportkey: pluginType });
  const row = byKey ?? required(importing, ['plugintype', 'plugintypeid', pluginType]);
  return { PluginTypeId: target.addressOf('plugintype', row) };
}

/** By table: the column that names the object, and the relationship to it. */
const OBJECTS = {
  customapi: { column: 'uniquename', navigation: 'CustomAPIId' },
  entity: { column: 'logicalname', navigation: 'EntityId' },
  workflow: { column: 'workflowid', navigation: 'WorkflowId' },
} as const;

/** Catalog and object together identify an assignment: an object may be in several categories. */
function importAssignment(importing: Importing, assignment: PackagedAssignment): void {
  const { target } = importing;
  const { columns, path, object } = assignment;
  const { column, navigation } = OBJECTS[object.table];
  const category = required(importing, ['catalog', 'uniquename', assignment.catalog]);
  const row = required(importing, [object.table, column, object.name]);
  const objectId = `${row[target.definition(object.table).primaryKey]}`;
  const present = target.findBy('catalogassignment', { object: objectId, catalogid: `${category.catalogid}` });
  const binds = { CatalogId: target.addressOf('catalog', category), [navigation]: target.addressOf(object.table, row) };
  target.bring('catalogassignment', { present, columns, binds, path });
}

function required({ target, solution }: Importing, [table, column, text]: readonly [string, string, string]): Row {
  const row = target.findBy(table, { [column]: text });
  if (row === null) throw importRefused.missingDependency(solution, `There is no ${table} of the ${column} '${text}'.`);
  return row;
}
