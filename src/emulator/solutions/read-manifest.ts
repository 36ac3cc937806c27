import { importRefused } from './refusals.js';
import type { SolutionManifest } from './solution-package.js';
import { childOf, readXml, type XmlElement } from './xml-element.js';

const PATH = 'solution.xml';

/**
 * Reads `solution.xml`. Root components are refused as missing in the target system: the kinds that the emulator knows
 * need none, since an import finds custom APIs, catalogs and assignments by their folders.
 */
export function readManifest(document: string): SolutionManifest {
  const manifest = required(readXml(PATH, document), 'SolutionManifest');
  const root = childOf(manifest, 'RootComponents')?.children[0];
  if (root !== undefined) throw importRefused.missingComponent(named(root), root.attributes.get('type') ?? '');
  const publisher = required(manifest, 'Publisher');
  return {
    uniqueName: text(manifest, 'UniqueName', /^[A-Za-z_]\w{0,64}$/),
    displayName: displayNameOf(manifest),
    version: text(manifest, 'Version', /^\d+(\.\d+){1,3}$/),
    isManaged: text(manifest, 'Managed', /^[01]$/) === '1',
    publisher: {
      uniqueName: text(publisher, 'UniqueName', /^[A-Za-z_]\w{0,255}$/),
      displayName: displayNameOf(publisher),
      prefix: text(publisher, 'CustomizationPrefix', /^(?!mscrm)[a-z][a-z0-9]{1,7}$/i),
      optionValuePrefix: Number(text(publisher, 'CustomizationOptionValuePrefix', /^[1-9]\d{4}$/)),
    },
  };
}

function named({ attributes }: XmlElement): string {
  return attributes.get('schemaName') ?? attributes.get('id') ?? '';
}

function displayNameOf(element: XmlElement): string {
  const name = childOf(childOf(element, 'LocalizedNames'), 'LocalizedName')?.attributes.get('description');
  return name ?? text(element, 'UniqueName', /./);
}

function required(parent: XmlElement, name: string): XmlElement {
  const child = childOf(parent, name);
  if (child !== undefined) return child;
  throw importRefused.invalid(PATH, `The element '${parent.name}' has incomplete content: '${name}' is expected.`);
}

function text(parent: XmlElement, name: string, pattern: RegExp): string {
  const value = required(parent, name).text.trim();
  if (pattern.test(value)) return value;
  throw importRefused.invalid(PATH, `The '${name}' element is invalid - The value '${value}' is invalid.`);
}
