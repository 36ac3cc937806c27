/** A value as it stands in a query. */
export type Literal =
  | { readonly type: 'null'; readonly value: null }
  | { readonly type: 'string' | 'guid' | 'instant'; readonly value: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'boolean'; readonly value: boolean };

/** The way to a value or to rows: `CatalogId/uniquename`, or from a lambda's variable `s/isvisible`. */
export type Path = readonly string[];

/** One side of a comparison. */
export type Operand =
  | { readonly kind: 'literal'; readonly literal: Literal }
  | { readonly kind: 'path'; readonly path: Path };

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type TextTest = 'contains' | 'startswith' | 'endswith';

/** `$filter`, with every parameter alias replaced by its value. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly operand: Filter }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'text'; readonly test: TextTest; readonly text: Operand; readonly part: Operand }
  | { readonly kind: 'holds'; readonly operand: Operand }
  | {
      readonly kind: 'any' | 'all';
      readonly path: Path;
      /** Null in `any()`, which only asks whether there is a row. */
      readonly predicate: { readonly variable: string; readonly filter: Filter } | null;
    };

export interface Order {
  readonly path: Path;
  readonly descending: boolean;
}

/** `$expand`: a navigation property, and what is asked of the rows behind it. */
export interface Expansion {
  readonly navigation: string;
  readonly query: Query;
  /** The same in the form of an address, `$select=name&$top=1`; empty without options. */
  readonly address: string;
}

/** What is asked of a table, or of the rows behind a navigation property. */
export interface Query {
  /** Property names; null is all of them. */
  readonly select: readonly string[] | null;
  readonly filter: Filter | null;
  readonly expand: readonly Expansion[];
  readonly orderBy: readonly Order[];
  readonly top: number | null;
  readonly count: boolean;
  /** How many rows the earlier pages held, from the page's own `@odata.nextLink`. */
  readonly skip: number;
}

/** A query without options. */
export const WHOLE_TABLE: Query = {
  select: null,
  filter: null,
  expand: [],
  orderBy: [],
  top: null,
  count: false,
  skip: 0,
};
