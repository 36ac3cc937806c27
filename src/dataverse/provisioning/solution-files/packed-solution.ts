import { strToU8, zipSync } from 'fflate';
import type { WishedState } from '../wished/wished-state.js';
import { componentFiles } from './component-files.js';
import { customizationsDocument } from './customizations-document.js';
import { manifestDocument } from './manifest-document.js';
import type { SolutionFile } from './solution-file.js';
import type { PackageType, SolutionIdentity } from './solution-identity.js';
import { xmlDocument } from './xml-document.js';

/** A package as `ImportSolution` takes it; the same input is the same bytes. */
export function packedSolution(
  wished: WishedState,
  identity: SolutionIdentity,
  packageType: Exclude<PackageType, 'both'>,
): Uint8Array {
  return zipped([
    { path: '[Content_Types].xml', text: contentTypes() },
    { path: 'solution.xml', text: manifestDocument(identity, packageType) },
    { path: 'customizations.xml', text: customizationsDocument(identity.languageCode) },
    ...componentFiles(wished, identity.languageCode),
  ]);
}

/** The types of the package's files, by the ends of their names (Open Packaging Conventions). */
function contentTypes(): string {
  return xmlDocument({
    Types: {
      '@xmlns': 'http://schemas.openxmlformats.org/package/2006/content-types',
      Default: { '@Extension': 'xml', '@ContentType': 'text/xml' },
    },
  });
}

/**
 * The first instant that a zip can hold, so that the bytes depend on no clock; read as local time, hence without a
 * zone.
 */
const BEGINNING = '1980-01-01T00:00:00';

function zipped(files: readonly SolutionFile[]): Uint8Array {
  const entries = files.map(({ path, text }) => [path, strToU8(text)] as const);
  return zipSync(Object.fromEntries(entries), { mtime: BEGINNING, level: 9 });
}
