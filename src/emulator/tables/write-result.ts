/** Why a write was refused, in Dataverse's words: ready to be an answer. */
export interface Refusal {
  readonly status: number;
  /** Such as `0x80040203`. */
  readonly code: string;
  readonly message: string;
}

/** What became of a write: all of it, or nothing. */
export type WriteResult = { readonly kind: 'done'; readonly id: string } | ({ readonly kind: 'refused' } & Refusal);

/** The refusal as what became of the write. */
export function refused(refusal: Refusal): WriteResult {
  return { kind: 'refused', ...refusal };
}

/** On whose behalf and where to. */
export interface WriteHow {
  /** The `systemuserid`; null for the platform itself. */
  readonly userId: string | null;
  /** What `MSCRM.SolutionUniqueName` names; null for the default solution. */
  readonly solution: string | null;
  /** The import of a managed solution: what it writes is managed, and what is managed it may change. */
  readonly managed?: boolean;
}
