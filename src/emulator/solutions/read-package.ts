import type { TableDefinition } from '../tables/table-definition.js';
import { columnsOf } from './columns-of.js';
import { readManifest } from './read-manifest.js';
import { importRefused } from './refusals.js';
import type {
  PackagedAssignment,
  PackagedCatalog,
  PackagedCustomApi,
  PackagedPart,
  SolutionPackage,
} from './solution-package.js';
import type { PackageFiles } from './unzip-package.js';
import { childOf, readXml, type XmlElement } from './xml-element.js';

/** The definition of a table by its logical name. */
export type DefinitionOf = (logicalName: string) => TableDefinition;

/**
 * Reads a package's files. Throws `ImportRefusedError` for files that are not well formed, not in the documented form,
 * or of a kind that the emulator does not import.
 */
export function readPackage(files: PackageFiles, definitionOf: DefinitionOf): SolutionPackage {
  refuseOtherKinds(files);
  const context = { files, definitionOf };
  return {
    manifest: readManifest(files.get('solution.xml') ?? ''),
    catalogs: matching(files, CATALOG).map(([path, name]) => catalogAt(path, name, context)),
    customApis: matching(files, CUSTOM_API).map(([path, name]) => customApiAt(path, name, context)),
    assignments: matching(files, ASSIGNMENTS).flatMap(([path]) => assignmentsAt(path, context)),
  };
}

interface Context {
  readonly files: PackageFiles;
  readonly definitionOf: DefinitionOf;
}

const CATALOG = /^catalogs\/([^/]+)\/catalog\.xml$/;
const CUSTOM_API = /^customapis\/([^/]+)\/customapi\.xml$/;
const PART = /^customapis\/[^/]+\/(?:customapirequestparameters|customapiresponseproperties)\/[^/]+\/[^/]+\.xml$/;
const ASSIGNMENTS = /^Assets\/(catalogassignments)\.xml$/;
const MANIFESTS = /^(?:solution|customizations|\[Content_Types\])\.xml$/;

function refuseOtherKinds(files: PackageFiles): void {
  for (const path of files.keys()) {
    const isKnown = [CATALOG, CUSTOM_API, PART, ASSIGNMENTS, MANIFESTS].some((pattern) => pattern.test(path));
    if (!isKnown) throw importRefused.notEmulated(path);
  }
  const customizations = readXml('customizations.xml', files.get('customizations.xml') ?? '');
  const filled = customizations.children.find(({ name, children }) => name !== 'Languages' && children.length > 0);
  if (filled !== undefined) throw importRefused.notEmulated(`customizations.xml, ${filled.name}`);
}

/** Paths with what stands for the name in them. */
function matching(files: PackageFiles, pattern: RegExp): readonly (readonly [string, string])[] {
  return [...files.keys()].flatMap((path) => {
    const name = pattern.exec(path)?.[1];
    return name === undefined ? [] : [[path, name] as const];
  });
}

function catalogAt(path: string, folder: string, context: Context): PackagedCatalog {
  const element = elementAt(path, 'catalog', context);
  const parent = childOf(childOf(element, 'parentcatalogid'), 'uniquename')?.text.trim() ?? '';
  const definition = context.definitionOf('catalog');
  const uniqueName = nameOf(element, path, folder);
  const columns = columnsOf(element, definition, { path, references: ['parentcatalogid'] });
  return { path, uniqueName, columns: { uniquename: uniqueName, ...columns }, parent: parent === '' ? null : parent };
}

function customApiAt(path: string, folder: string, context: Context): PackagedCustomApi {
  const element = elementAt(path, 'customapi', context);
  const pluginType = childOf(element, 'plugintypeid');
  const definition = context.definitionOf('customapi');
  const uniqueName = nameOf(element, path, folder);
  const columns = columnsOf(element, definition, { path, references: ['plugintypeid'] });
  return {
    path,
    uniqueName,
    columns: { uniquename: uniqueName, ...columns },
    ...(pluginType === undefined ? {} : { pluginType: pluginType.children[0]?.text.trim() ?? null }),
    parameters: partsOf(folder, 'customapirequestparameter', context),
    properties: partsOf(folder, 'customapiresponseproperty', context),
  };
}

type PartTable = 'customapirequestparameter' | 'customapiresponseproperty';

const PART_FOLDERS: Readonly<Record<PartTable, string>> = {
  customapirequestparameter: 'customapirequestparameters',
  customapiresponseproperty: 'customapiresponseproperties',
};

function partsOf(customApi: string, table: PartTable, context: Context): readonly PackagedPart[] {
  const beginning = `customapis/${customApi}/${PART_FOLDERS[table]}/`;
  const paths = [...context.files.keys()].filter((path) => path.startsWith(beginning));
  return paths.map((path) => {
    const element = elementAt(path, table, context);
    const uniqueName = nameOf(element, path, path.slice(beginning.length).split('/')[0] ?? '');
    const columns = columnsOf(element, context.definitionOf(table), { path });
    return { path, uniqueName, columns: { uniquename: uniqueName, ...columns } };
  });
}

function assignmentsAt(path: string, context: Context): readonly PackagedAssignment[] {
  const definition = context.definitionOf('catalogassignment');
  return elementAt(path, 'catalogassignments', context).children.map((element) => {
    const catalog = attribute(element, 'catalogid.uniquename', path);
    return { path, catalog, object: objectOf(element, path), columns: columnsOf(element, definition, { path }) };
  });
}

/**
 * The attribute that names the object, by the object's type. Source: learn.microsoft.com, "Catalog and
 * CatalogAssignment tables".
 */
const OBJECTS = {
  customapi: 'object.uniquename',
  entity: 'object.logicalname',
  workflow: 'object.workflowid',
} as const;

function objectOf(element: XmlElement, path: string): PackagedAssignment['object'] {
  const table = attribute(element, 'objectidtype', path);
  if (table !== 'customapi' && table !== 'entity' && table !== 'workflow') {
    throw importRefused.invalid(path, `The 'objectidtype' attribute is invalid - The value '${table}' is invalid.`);
  }
  return { table, name: attribute(element, OBJECTS[table], path) };
}

function elementAt(path: string, name: string, { files }: Context): XmlElement {
  const root = readXml(path, files.get(path) ?? '');
  if (root.name === name) return root;
  throw importRefused.invalid(path, `The '${root.name}' element is not declared.`);
}

/** A component's folder bears its unique name. */
function nameOf(element: XmlElement, path: string, folder: string): string {
  const uniqueName = attribute(element, 'uniquename', path);
  if (uniqueName === folder) return uniqueName;
  throw importRefused.invalid(path, `The 'uniquename' attribute '${uniqueName}' is not the name of the folder.`);
}

function attribute(element: XmlElement, name: string, path: string): string {
  const value = element.attributes.get(name);
  if (value !== undefined && value !== '') return value;
  throw importRefused.invalid(path, `The required attribute '${name}' is missing.`);
}
