/** An event that makers find in a catalog. */
export interface OfferedEvent {
  /** `unknown`: an assignment whose object is gone, or may not be read. */
  readonly kind: 'custom-api' | 'process-action' | 'table-operation' | 'unknown';
  /** The message; of an unknown one the assignment's name. */
  readonly name: string;
  readonly displayName: string | null;
  /** The table it is bound to or happens to, by logical name; null for global ones. */
  readonly table: string | null;
  /** How many inputs it has; null for operations of tables, and where it is not known. */
  readonly parameters: number | null;
  /** Private messages are hidden from those who look for events. */
  readonly isPrivate: boolean;
  /** Process actions that are drafts are shown to makers and never happen. */
  readonly isActive: boolean;
  /** The event type of this gateway that it carries, or null. */
  readonly carries: string | null;
}

export interface OfferedCategory {
  readonly uniqueName: string;
  readonly displayName: string;
  readonly events: readonly OfferedEvent[];
}

/** A root catalog with its categories, all in the order of their names. */
export interface OfferedCatalog {
  readonly uniqueName: string;
  readonly displayName: string;
  readonly categories: readonly OfferedCategory[];
}
