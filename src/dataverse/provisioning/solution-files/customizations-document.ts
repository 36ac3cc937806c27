import { type XmlContent, xmlDocument } from './xml-document.js';

/**
 * `customizations.xml`, which every solution has: empty but for the language, since none of the components here live in
 * it. Source of the form: solutions exported and unpacked in public.
 */
export function customizationsDocument(languageCode: number): string {
  const empty = Object.fromEntries(SECTIONS.map((name): [string, XmlContent] => [name, null]));
  return xmlDocument({
    ImportExportXml: {
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      ...empty,
      Languages: { Language: languageCode },
    },
  });
}

const SECTIONS = [
  'Entities',
  'Roles',
  'Workflows',
  'FieldSecurityProfiles',
  'Templates',
  'EntityMaps',
  'EntityRelationships',
  'OrganizationSettings',
  'optionsets',
  'CustomControls',
  'EntityDataProviders',
];
