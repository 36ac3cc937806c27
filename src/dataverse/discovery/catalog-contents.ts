/** A catalog or category as it was read. */
export interface CatalogRow {
  readonly id: string;
  readonly uniqueName: string;
  readonly displayName: string;
  readonly parentId: string | null;
}

/** What an assignment puts into a category; at most one of the three is present. */
export interface AssignmentRow {
  readonly name: string;
  readonly categoryId: string | null;
  readonly customApiId: string | null;
  readonly workflowId: string | null;
  /** Logical name of a table. */
  readonly table: string | null;
}

/** A message that is called, of a custom API or of a process action. */
export interface CallableRow {
  readonly kind: 'custom-api' | 'process-action';
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly table: string | null;
  readonly parameters: number | null;
  readonly isPrivate: boolean;
  readonly isActive: boolean;
}

/** Everything that tells what is in the catalogs of an environment. */
export interface CatalogContents {
  readonly catalogs: readonly CatalogRow[];
  readonly assignments: readonly AssignmentRow[];
  readonly callables: readonly CallableRow[];
  /** By the logical name of a cataloged table: the operations that listeners can subscribe to. */
  readonly operations: ReadonlyMap<string, readonly string[]>;
}
