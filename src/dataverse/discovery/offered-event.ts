/** An event that makers find in a catalog. */
export interface OfferedEvent {
  /** `unknown`: an assignment whose object is gone, or may not be read. */
  readonly kind: 'custom-api' | 'process-action' | 'table-operation' | 'unknown';
  /** The message; of an unknown one the assignment's name. */
  readonly name: string;
  readonly displayName: string | null;
  /** The logical name of its table; null for global events. */
  readonly table: string | null;
  /** How many inputs it has; null for operations of tables, and where that is unknown. */
  readonly parameters: number | null;
  /** Private messages are hidden from those who look for events. */
  readonly isPrivate: boolean;
  /** Drafts of process actions are shown to makers, but never happen. */
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
