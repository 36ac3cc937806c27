import type { WishedState } from '../wished/wished-state.js';
import { componentFiles } from './component-files.js';
import { customizationsDocument } from './customizations-document.js';
import { manifestDocument } from './manifest-document.js';
import type { SolutionFile } from './solution-file.js';
import type { SolutionIdentity } from './solution-identity.js';
import { xmlDocument } from './xml-document.js';

/** The path of the manifest in an unpacked folder. */
export const UNPACKED_MANIFEST = 'Other/Solution.xml';

/**
 * The files of an unpacked folder, as `pac solution pack` and SolutionPackager take it, as managed and as unmanaged.
 * Source of the layout: learn.microsoft.com, "Create a custom API with solution files", step 5.
 */
export function unpackedSolution(wished: WishedState, identity: SolutionIdentity): readonly SolutionFile[] {
  const relationships = { EntityRelationships: { '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance' } };
  return [
    { path: UNPACKED_MANIFEST, text: manifestDocument(identity, 'both') },
    { path: 'Other/Customizations.xml', text: customizationsDocument(identity.languageCode) },
    { path: 'Other/Relationships.xml', text: xmlDocument(relationships) },
    ...componentFiles(wished, identity.languageCode),
  ];
}
