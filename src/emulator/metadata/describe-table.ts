import type { Navigation } from '../odata/navigation.js';
import type { Property } from '../odata/property.js';
import type { Vocabulary } from '../odata/vocabulary.js';
import type { TableDefinition } from '../tables/table-definition.js';
import { COLUMN_TYPES } from './edm-types.js';
import type { XmlNode } from './xml-node.js';

/** A table as an `EntityType`, with its readable columns only. */
export function entityType(table: TableDefinition, vocabulary: Vocabulary): XmlNode {
  return {
    '@Name': table.logicalName,
    '@BaseType': 'mscrm.crmbaseentity',
    Key: { PropertyRef: { '@Name': table.primaryKey } },
    Property: [...vocabulary.properties(table).values()].map(describeProperty),
    NavigationProperty: [...vocabulary.navigations(table)].map(([name, navigation]) => describe(name, navigation)),
  };
}

/** A table as an `EntitySet`, with the targets of its navigation properties. */
export function entitySet(table: TableDefinition, vocabulary: Vocabulary): XmlNode {
  return {
    '@Name': table.setName,
    '@EntityType': `Microsoft.Dynamics.CRM.${table.logicalName}`,
    NavigationPropertyBinding: [...vocabulary.navigations(table)].map(([name, { target }]) => ({
      '@Path': name,
      '@Target': target.setName,
    })),
  };
}

function describeProperty(property: Property): XmlNode {
  if (property.kind === 'lookup') return { '@Name': property.name, '@Type': 'Edm.Guid' };
  const { type } = property.column;
  return { '@Name': property.name, '@Type': COLUMN_TYPES[type], ...(type === 'string' ? { '@Unicode': 'false' } : {}) };
}

function describe(name: string, navigation: Navigation): XmlNode {
  const type = `mscrm.${navigation.target.logicalName}`;
  switch (navigation.kind) {
    case 'single': {
      const { column, collection } = navigation.lookup;
      const constraint = { '@Property': `_${column}_value`, '@ReferencedProperty': navigation.target.primaryKey };
      const nullable = navigation.lookup.required === true ? { '@Nullable': 'false' } : {};
      return { '@Name': name, '@Type': type, ...nullable, '@Partner': collection, ReferentialConstraint: constraint };
    }
    case 'collection':
      return { '@Name': name, '@Type': `Collection(${type})`, '@Partner': navigation.lookup.navigation };
    case 'association':
      return { '@Name': name, '@Type': `Collection(${type})`, '@Partner': name };
  }
}
