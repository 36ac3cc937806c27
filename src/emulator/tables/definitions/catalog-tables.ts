import type { LookupDefinition, TableDefinition } from '../table-definition.js';
import { customizable, FIXED, guid, key, READ_ONLY, REQUIRED, text } from './column-words.js';
import {
  AUDIT_COLUMNS,
  auditLookups,
  COMPONENT_COLUMNS,
  organizationLookup,
  STATE_COLUMNS,
} from './standard-columns.js';

/** Catalogs and what is assigned to them. Source: reference/entities/catalog.md, catalogassignment.md, customapi.md */
export const CATALOG_TABLES: readonly TableDefinition[] = [
  {
    logicalName: 'catalog',
    schemaName: 'Catalog',
    setName: 'catalogs',
    primaryKey: 'catalogid',
    primaryName: 'name',
    alternateKeys: [['uniquename']],
    componentType: 10549,
    columns: [
      key('catalogid'),
      text('uniquename', 128, { ...REQUIRED, ...FIXED }),
      text('name', 100, REQUIRED),
      text('displayname', 100, REQUIRED),
      text('description', 100, REQUIRED),
      customizable(),
      guid('componentidunique', READ_ONLY),
      ...STATE_COLUMNS,
      ...COMPONENT_COLUMNS,
      ...AUDIT_COLUMNS,
    ],
    lookups: [
      {
        column: 'parentcatalogid',
        navigation: 'ParentCatalogId',
        target: 'catalog',
        collection: 'SubCatalogs',
        deepInsert: true,
        onUpdate: false,
        onDelete: 'cascade',
      },
      organizationLookup('catalog'),
      ...auditLookups('catalog'),
    ],
  },
  {
    logicalName: 'catalogassignment',
    schemaName: 'CatalogAssignment',
    setName: 'catalogassignments',
    primaryKey: 'catalogassignmentid',
    primaryName: 'name',
    // Inferred from the form in which solutions store assignments: these two columns identify an assignment there.
    alternateKeys: [['catalogid', 'object']],
    componentType: 10550,
    columns: [
      key('catalogassignmentid'),
      text('name', 100),
      text('objectidtype', 64, READ_ONLY),
      customizable(),
      guid('componentidunique', READ_ONLY),
      ...STATE_COLUMNS,
      ...COMPONENT_COLUMNS,
      ...AUDIT_COLUMNS,
    ],
    lookups: [
      {
        column: 'catalogid',
        navigation: 'CatalogId',
        target: 'catalog',
        collection: 'Catalog_CatalogAssignment',
        required: true,
        onUpdate: false,
        onDelete: 'restrict',
      },
      // RemoveLink is what the reference says: an assignment outlives its custom API, and points to nothing then.
      objectOf('CustomAPIId', 'customapi', 'CatalogAssignments'),
      objectOf('EntityId', 'entity', 'catalogassignment_entity'),
      objectOf('WorkflowId', 'workflow', 'catalogassignment_workflow'),
      organizationLookup('catalogassignment'),
      ...auditLookups('catalogassignment'),
    ],
  },
];

function objectOf(navigation: string, target: string, collection: string): LookupDefinition {
  return { column: 'object', navigation, target, collection, required: true, onUpdate: false, onDelete: 'remove-link' };
}
