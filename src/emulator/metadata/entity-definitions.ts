import type { RevisedSource } from '../odata/table-source.js';
import type { ColumnDefinition, Row, TableDefinition } from '../tables/table-definition.js';

/** The tables as `EntityDefinitions` shows them: not rows of a table, but read like them. */
const ENTITY_DEFINITIONS: TableDefinition = {
  logicalName: 'EntityMetadata',
  schemaName: 'Entity',
  setName: 'EntityDefinitions',
  primaryKey: 'MetadataId',
  primaryName: 'LogicalName',
  alternateKeys: [['LogicalName']],
  columns: [
    ...['LogicalName', 'SchemaName', 'EntitySetName', 'LogicalCollectionName', 'CollectionSchemaName'].map(text),
    ...['PrimaryIdAttribute', 'PrimaryNameAttribute'].map(text),
    { name: 'ObjectTypeCode', type: 'integer' },
    { name: 'IsManaged', type: 'boolean' },
  ],
  lookups: [],
};

function text(name: string): ColumnDefinition {
  return { name, type: 'string' };
}

/** The organization's tables, and beside them their definitions. */
export class WithEntityDefinitions implements RevisedSource {
  readonly definitions: readonly TableDefinition[];

  constructor(private readonly tables: RevisedSource) {
    this.definitions = [...tables.definitions, ENTITY_DEFINITIONS];
  }

  get revision(): number {
    return this.tables.revision;
  }

  get associations(): RevisedSource['associations'] {
    return this.tables.associations;
  }

  definition(setOrLogicalName: string): TableDefinition | null {
    const { setName, logicalName } = ENTITY_DEFINITIONS;
    return [setName, logicalName].includes(setOrLogicalName)
      ? ENTITY_DEFINITIONS
      : this.tables.definition(setOrLogicalName);
  }

  rows(logicalName: string): readonly Row[] {
    if (logicalName !== ENTITY_DEFINITIONS.logicalName) return this.tables.rows(logicalName);
    return this.tables.rows('entity').map((row) => this.#definitionOf(row));
  }

  find(logicalName: string, id: string): Row | null {
    if (logicalName !== ENTITY_DEFINITIONS.logicalName) return this.tables.find(logicalName, id);
    const row = this.tables.find('entity', id);
    return row === null ? null : this.#definitionOf(row);
  }

  #definitionOf(row: Row): Row {
    const logicalName = row.logicalname ?? null;
    const known = this.tables.definition(String(logicalName));
    return {
      MetadataId: row.entityid ?? null,
      LogicalName: logicalName,
      SchemaName: row.name ?? null,
      EntitySetName: row.entitysetname ?? null,
      LogicalCollectionName: row.entitysetname ?? null,
      CollectionSchemaName: row.collectionname ?? null,
      PrimaryIdAttribute: known?.primaryKey ?? `${logicalName}id`,
      PrimaryNameAttribute: known?.primaryName ?? 'name',
      ObjectTypeCode: row.objecttypecode ?? null,
      IsManaged: row.ismanaged ?? null,
    };
  }
}
