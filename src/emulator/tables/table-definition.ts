/** A column of a table, in the words of Dataverse's metadata. */
export interface ColumnDefinition {
  /** Logical name, lower-case. */
  readonly name: string;
  readonly type:
    | 'string'
    | 'integer'
    | 'bigint'
    | 'decimal'
    | 'boolean'
    | 'picklist'
    | 'guid'
    | 'instant'
    | 'managed-property';
  /** Of a string, in characters; null where Dataverse names none. */
  readonly maxLength?: number;
  /** A create without it is refused. */
  readonly required?: boolean;
  /** What a create without it stores; null without a default. */
  readonly default?: Cell;
  /** The values a picklist takes. */
  readonly options?: readonly number[];
  /** Whether a create may set it; true by default. */
  readonly onCreate?: boolean;
  /** Whether an update may set it; false is what the documentation calls immutable. True by default. */
  readonly onUpdate?: boolean;
  /** False for secrets: they are stored and never returned. True by default. */
  readonly readable?: boolean;
}

/** A many-to-one relationship; the column of a polymorphic lookup has several of these. */
export interface LookupDefinition {
  /** Logical name of the column that holds the id: `customapiid`, read as `_customapiid_value`. */
  readonly column: string;
  /** Single-valued navigation property, case-sensitive: `CustomAPIId`. What `@odata.bind` and `$expand` name. */
  readonly navigation: string;
  /** Logical name of the table it points to. */
  readonly target: string;
  /** Collection-valued navigation property on the target: `CustomAPIRequestParameters`. */
  readonly collection: string;
  readonly required?: boolean;
  /** False where only the platform sets it. True by default. */
  readonly onCreate?: boolean;
  /** False where the relationship is fixed once the row exists. True by default. */
  readonly onUpdate?: boolean;
  /** Whether a create of the target may contain rows of this table in its collection. False by default. */
  readonly deepInsert?: boolean;
  /** What deleting the target does to this row. */
  readonly onDelete: 'cascade' | 'restrict' | 'remove-link';
}

/** A table of the organization: everything that reading, writing and `$metadata` need to know about it. */
export interface TableDefinition {
  /** Such as `customapi`. */
  readonly logicalName: string;
  /** Such as `CustomAPI`. */
  readonly schemaName: string;
  /** The name in its privileges where that is not the schema name: `User` of `prvReadUser`. */
  readonly privilegeName?: string;
  /** Such as `customapis`. */
  readonly setName: string;
  readonly primaryKey: string;
  readonly primaryName: string;
  readonly columns: readonly ColumnDefinition[];
  readonly lookups: readonly LookupDefinition[];
  /** Columns that identify a row together, lookups among them: no two rows share their values, and addresses may name them. */
  readonly alternateKeys?: readonly (readonly string[])[];
  /** The type of its rows in `solutioncomponent`; null or absent where they are not part of solutions. */
  readonly componentType?: number;
  /**
   * Whether calls create and delete its rows by the thousand: they are written to the file within a second or so, not
   * at once, and nothing that is computed from rows depends on them. False by default.
   */
  readonly isVolatile?: boolean;
  /** What the Web API may do beside reading; all three by default. */
  readonly writable?: { readonly create: boolean; readonly update: boolean; readonly delete: boolean };
}

/** The content of a cell: lookups hold the id of the row they point to, managed properties their boolean. */
export type Cell = string | number | boolean | null;

/** A row by logical column names, its primary key and lookups among them. Columns without a value are null. */
export type Row = { readonly [column: string]: Cell };
