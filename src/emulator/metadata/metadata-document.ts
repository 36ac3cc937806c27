import { XMLBuilder } from 'fast-xml-parser';
import type { Vocabulary } from '../odata/vocabulary.js';
import { describeMessages } from './describe-messages.js';
import { describeProcessActions } from './describe-process-actions.js';
import { entitySet, entityType } from './describe-table.js';
import type { XmlNode } from './xml-node.js';

/** What every table derives from, and the type of parameters without a table. */
const BASE_TYPES: readonly XmlNode[] = [
  { '@Name': 'crmbaseentity', '@Abstract': 'true' },
  { '@Name': 'expando', '@BaseType': 'mscrm.crmbaseentity', '@OpenType': 'true' },
];

const MANAGED_PROPERTY: XmlNode = {
  '@Name': 'BooleanManagedProperty',
  Property: [
    { '@Name': 'Value', '@Type': 'Edm.Boolean', '@Nullable': 'false' },
    { '@Name': 'CanBeChanged', '@Type': 'Edm.Boolean', '@Nullable': 'false' },
    { '@Name': 'ManagedPropertyLogicalName', '@Type': 'Edm.String', '@Unicode': 'false' },
  ],
};

/** `$metadata`: the tables, the custom APIs that are not private, and the process actions, as an EDMX document. */
export function metadataDocument(vocabulary: Vocabulary): string {
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'utf-8' },
    'edmx:Edmx': {
      '@Version': '4.0',
      '@xmlns:edmx': 'http://docs.oasis-open.org/odata/ns/edmx',
      'edmx:DataServices': { Schema: schemaOf(vocabulary) },
    },
  };
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    suppressEmptyNode: true,
    // XML knows no attribute without a value, and `true` is one here.
    suppressBooleanAttributes: false,
  });
  return builder.build(document);
}

function schemaOf(vocabulary: Vocabulary): XmlNode {
  const { definitions } = vocabulary.source;
  const messages = describeMessages(vocabulary.source);
  return {
    '@Namespace': 'Microsoft.Dynamics.CRM',
    '@Alias': 'mscrm',
    '@xmlns': 'http://docs.oasis-open.org/odata/ns/edm',
    EntityType: [...BASE_TYPES, ...definitions.map((table) => entityType(table, vocabulary))],
    ComplexType: [MANAGED_PROPERTY, ...messages.responses],
    Action: [...messages.actions, ...describeProcessActions(vocabulary.source)],
    Function: messages.functions,
    EntityContainer: {
      '@Name': 'System',
      EntitySet: definitions.map((table) => entitySet(table, vocabulary)),
      ActionImport: messages.actionImports,
      FunctionImport: messages.functionImports,
    },
  };
}
