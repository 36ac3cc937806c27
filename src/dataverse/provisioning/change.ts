/** What provisioning deals in; the words of plans, findings and JSON. */
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

/** A column that is not as wished. Secrets never appear: of them `wished` and `deployed` say `set` or `not set`. */
export interface ColumnDifference {
  readonly column: string;
  readonly wished: string | number | boolean | null;
  readonly deployed: string | number | boolean | null;
}

/** A relationship a write sets: to a row whose id is known, or to the one row a filter finds when the write is due. */
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

/** One step of a plan: what a person reads, and the writes that make it so, in their order. */
export interface Change {
  readonly action: 'create' | 'update' | 'recreate' | 'delete';
  readonly component: ComponentKind;
  /** The unique name where there is one, else what makers know it by. */
  readonly name: string;
  /** The event type it is for, or null where it serves several. */
  readonly type: string | null;
  /** For updates and recreations: what is different now. */
  readonly differences: readonly ColumnDifference[];
  /** Unique name of the custom API by whose change somebody loses something: needs consent. Absent: nothing is lost. */
  readonly recreates?: string;
  readonly operations: readonly TableOperation[];
}

/** What stands between the environment and the wished state and is not ours to change. */
export interface Obstacle {
  readonly component: ComponentKind;
  readonly name: string;
  readonly type: string | null;
  readonly what: string;
  readonly why: string;
  readonly advice: string;
}

/** What `verify` tells about one thing that is not as it has to be. */
export interface Finding extends Obstacle {
  /**
   * `breaking` closes the gate of the event type: calls would fail, or a rule of external events is broken. `differing`
   * is told and mended by `apply`. `tolerated` is only told: it is not as `apply` would have made it, and may stay so.
   */
  readonly severity: 'breaking' | 'differing' | 'tolerated';
}
