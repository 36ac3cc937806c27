/**
 * The values of parameters, attributes and shared variables. Numbers that JavaScript would print differently than they
 * stand on the wire (`24.850`, `1.0`, twenty digits) are `ExactNumber`s; all others are exact as JavaScript's numbers.
 * GUIDs are texts, as on the wire.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | ExactNumber
  | DateTime
  | MarkedObject
  | UnknownObject
  | readonly Value[];

/** What a `__type` mark tells. */
export type MarkedObject = Money | OptionSetValue | EntityReference | Entity | EntityCollection | AliasedValue;

/**
 * A .NET dictionary, a list of `{"key": ..., "value": ...}` on the wire: its entries in their order. A Map, so that no
 * key can be mistaken for a member of an object. `wire` tells, by key, which entries did not have the order `key`, then
 * `value`.
 */
export interface Dictionary<T> extends ReadonlyMap<string, T> {
  readonly wire?: ReadonlyMap<string, WireForm>;
}

/** Facts about an object on the wire that the model itself does not hold: enough to write it as it was. */
export interface WireForm {
  /**
   * The names of its members in their order; null for the usual ones in their usual order, which is alphabetical behind
   * `__type`. Members that are not named in it are written behind the others, unless they are empty.
   */
  readonly order: readonly string[] | null;
  /** Members this model does not know, by name, and collections that were null. */
  readonly others: ReadonlyMap<string, Value>;
}

/** An object of the wire. */
export interface WireObject {
  /** Present only if the object differed from the usual form. */
  readonly wire?: WireForm;
}

/** A number exactly as it stands on the wire: `24.850`, `1.0`, `12345678901234567890`, `1E+2`. */
export interface ExactNumber {
  readonly kind: 'Number';
  readonly literal: string;
}

/**
 * A `DateTime`. On the wire it is a text, `/Date(1598771723000)/`; a text parameter with exactly this form looks the
 * same and is read as one, too. Texts in the form of ISO 8601 stay texts, except for `OperationCreatedOn`, which is
 * always a date.
 */
export interface DateTime {
  readonly kind: 'DateTime';
  /** Milliseconds since 1970-01-01T00:00:00Z. An offset on the wire does not change the instant. */
  readonly epochMs: number;
  /** As on the wire, with the offset if it has one: `/Date(1598771723000+0000)/`. */
  readonly text: string;
}

/** An amount of money, without its currency. */
export interface Money extends WireObject {
  readonly kind: 'Money';
  /** Digit for digit as on the wire, `24.850`: it never becomes a JavaScript number. */
  readonly value: string;
}

/** A choice by its number; a choice of several (`OptionSetValueCollection`) is a list of them. */
export interface OptionSetValue extends WireObject {
  readonly kind: 'OptionSetValue';
  readonly value: number;
}

/** A row of a table, by its id. */
export interface EntityReference extends WireObject {
  readonly kind: 'EntityReference';
  /** The zero GUID where the row is named by `keyAttributes`. */
  readonly id: string | null;
  /** An alternate key; mostly empty. */
  readonly keyAttributes: Dictionary<Value>;
  /** The table's logical name. */
  readonly logicalName: string | null;
  /** Its primary name, which Dataverse rarely fills in. */
  readonly name: string | null;
  readonly rowVersion: string | null;
}

/** A row of a table, or the given part of it. */
export interface Entity extends WireObject {
  readonly kind: 'Entity';
  /** By the column's logical name. Columns that were not given, or are empty in an image, are absent. */
  readonly attributes: Dictionary<Value>;
  /** 0 unchanged, 1 created, 2 changed; null, the usual value, where no data context tracks it. */
  readonly entityState: number | null;
  /** The labels of choices, formatted dates and the like, in the language of the user; empty in requests. */
  readonly formattedValues: Dictionary<string | null>;
  readonly id: string | null;
  readonly keyAttributes: Dictionary<Value>;
  readonly logicalName: string | null;
  /** Rows that are created or changed together with it. */
  readonly relatedEntities: readonly RelatedEntities[];
  /** Dataverse's version of the row, a number in a text. */
  readonly rowVersion: string | null;
}

/** The rows of one relationship of a row. */
export interface RelatedEntities extends WireObject {
  readonly kind: 'RelatedEntities';
  readonly relationship: Relationship;
  readonly entities: EntityCollection;
}

/** A relationship between tables. */
export interface Relationship extends WireObject {
  readonly kind: 'Relationship';
  /** 0 referencing, 1 referenced; null except for a table that refers to itself. */
  readonly primaryEntityRole: number | null;
  readonly schemaName: string | null;
}

/** Several rows, of one table or of an unknown one. */
export interface EntityCollection extends WireObject {
  readonly kind: 'EntityCollection';
  readonly entities: readonly Entity[];
  readonly entityName: string | null;
  readonly minActiveRowVersion: string | null;
  readonly moreRecords: boolean | null;
  readonly pagingCookie: string | null;
  /** The position in the query's result; 0 or -1 without a query. */
  readonly totalRecordCount: number | null;
  readonly totalRecordCountLimitExceeded: boolean | null;
}

/** A column of a joined table, in the result of a query. */
export interface AliasedValue extends WireObject {
  readonly kind: 'AliasedValue';
  readonly attributeLogicalName: string | null;
  readonly entityLogicalName: string | null;
  readonly value: Value;
}

/** An object that this model does not know: all its members in their order, with a `__type` mark if it has one. */
export interface UnknownObject {
  readonly kind: 'Unknown';
  readonly members: ReadonlyMap<string, Value>;
}
