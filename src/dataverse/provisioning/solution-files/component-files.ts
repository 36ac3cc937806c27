import type { RequestParameter } from '../../../contract/custom-api.js';
import {
  catalogAssignmentRow,
  catalogRow,
  customApiRow,
  requestParameterRow,
  type WishedRow,
} from '../wished/wished-rows.js';
import type { WishedCatalog, WishedCustomApi, WishedState } from '../wished/wished-state.js';
import { componentElement } from './component-element.js';
import type { SolutionFile } from './solution-file.js';
import { type XmlContent, xmlDocument } from './xml-document.js';

/**
 * The files of custom APIs, their request parameters, catalogs and catalog assignments, by path. The paths are the same
 * in an unpacked folder and in a package. `languageCode` is that of the texts (LCID). Sources: learn.microsoft.com,
 * "Create a custom API with solution files", "Catalog and CatalogAssignment tables".
 */
export function componentFiles(wished: WishedState, languageCode: number): readonly SolutionFile[] {
  const files = [
    ...wished.catalogs.map((catalog) => catalogFile(catalog, languageCode)),
    ...wished.customApis.flatMap((custom) => customApiFiles(custom, languageCode)),
    ...assignmentFiles(wished.customApis, languageCode),
  ];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function catalogFile(catalog: WishedCatalog, languageCode: number): SolutionFile {
  const parent = catalog.parent === null ? {} : { parentcatalogid: { uniquename: catalog.parent } };
  return {
    path: `catalogs/${catalog.uniqueName}/catalog.xml`,
    text: xmlDocument({ catalog: { ...componentElement(catalogRow(catalog), languageCode), ...parent } }),
  };
}

function customApiFiles(custom: WishedCustomApi, languageCode: number): readonly SolutionFile[] {
  const folder = `customapis/${custom.api.uniqueName}`;
  const customapi = componentElement(customApiColumns(custom), languageCode);
  return [
    { path: `${folder}/customapi.xml`, text: xmlDocument({ customapi }) },
    ...custom.api.requestParameters.map((parameter) => parameterFile(custom, parameter, languageCode)),
  ];
}

/**
 * Without a plug-in type, which makes it an external event. An empty element would clear the column, so a privilege
 * that was not chosen is left out.
 */
function customApiColumns(custom: WishedCustomApi): WishedRow {
  const { executeprivilegename = null, ...row } = { ...customApiRow(custom), plugintypeid: null };
  return custom.executePrivilege === undefined ? row : { ...row, executeprivilegename };
}

function parameterFile({ api }: WishedCustomApi, parameter: RequestParameter, languageCode: number): SolutionFile {
  const customapirequestparameter = componentElement(requestParameterRow(api, parameter), languageCode);
  return {
    path: `customapis/${api.uniqueName}/customapirequestparameters/${parameter.uniqueName}/customapirequestparameter.xml`,
    text: xmlDocument({ customapirequestparameter }),
  };
}

/** All assignments are in one file, in the order of the custom APIs' names; without assignments there is no file. */
function assignmentFiles(customApis: readonly WishedCustomApi[], languageCode: number): readonly SolutionFile[] {
  if (customApis.length === 0) return [];
  const byName = [...customApis].sort((a, b) => (a.api.uniqueName < b.api.uniqueName ? -1 : 1));
  const catalogassignment = byName.map(
    (custom): XmlContent => ({
      '@catalogid.uniquename': custom.category,
      '@object.uniquename': custom.api.uniqueName,
      '@objectidtype': 'customapi',
      ...componentElement(catalogAssignmentRow(custom), languageCode),
    }),
  );
  return [
    {
      path: 'Assets/catalogassignments.xml',
      text: xmlDocument({ catalogassignments: { catalogassignment } }),
    },
  ];
}
