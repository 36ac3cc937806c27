/** The terms of provisioning; the words of plans, findings and JSON. */
export type ComponentKind =
  | 'publisher'
  | 'privilege'
  | 'solution'
  | 'catalog'
  | 'custom-api'
  | 'request-parameter'
  | 'response-property'
  | 'catalog-assignment'
  | 'service-endpoint'
  | 'step'
  | 'system-job'
  | 'flow'
  | 'plug-in-type';

/** A column that is not as wished. Secrets never appear: for them, `wished` and `deployed` say `set` or `not set`. */
export interface ColumnDifference {
  readonly column: string;
  readonly wished: string | number | boolean | null;
  readonly deployed: string | number | boolean | null;
}

/**
 * A relationship that a write sets: to a row with a known id, or to the one row that a filter finds when the write is
 * due.
 */
export interface Bind {
  /** The single-valued navigation property, case-sensitive. */
  readonly navigation: string;
  readonly set: string;
  readonly to: { readonly id: string } | { readonly filter: string; readonly primaryKey: string };
}

/** One write to one row. Creates name their own id, so that a create whose answer was lost can be repeated. */
export type TableOperation =
  | {
      readonly kind: 'create';
      readonly set: string;
      readonly primaryKey: string;
      readonly id: string;
      readonly row: Readonly<Record<string, unknown>>;
      readonly binds: readonly Bind[];
    }
  | {
      readonly kind: 'update';
      readonly set: string;
      readonly id: string;
      readonly row: Readonly<Record<string, unknown>>;
      readonly binds: readonly Bind[];
    }
  | { readonly kind: 'delete'; readonly set: string; readonly id: string };

/** One step of a plan: what a person reads, and its writes in their order. */
export interface Change {
  readonly action: 'create' | 'update' | 'recreate' | 'delete';
  readonly component: ComponentKind;
  /** The unique name where there is one, otherwise the name that makers see. */
  readonly name: string;
  /** The event type it is for, or null where it serves several. */
  readonly type: string | null;
  /** For updates and recreations: what differs now. */
  readonly differences: readonly ColumnDifference[];
  /**
   * Unique name of the custom API, if changing it costs somebody something: that needs consent. Absent: nothing is
   * lost.
   */
  readonly recreates?: string;
  readonly operations: readonly TableOperation[];
}

/** A difference between the environment and the wished state that we may not change. */
export interface Obstacle {
  readonly component: ComponentKind;
  readonly name: string;
  readonly type: string | null;
  readonly what: string;
  readonly why: string;
  readonly advice: string;
}

/** What `verify` reports about one thing that is not as it has to be. */
export interface Finding extends Obstacle {
  /**
   * `breaking` closes the gate of the event type: calls would fail, or a rule of external events is broken. `differing`
   * is reported, and `apply` corrects it. `tolerated` is only reported: `apply` would have made it differently, but it
   * may stay.
   */
  readonly severity: 'breaking' | 'differing' | 'tolerated';
}
