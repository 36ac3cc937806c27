/** Why a write was refused, in Dataverse's words: ready to be an answer. */
export interface Refusal {
  readonly status: number;
  /** Such as `0x80040203`. */
  readonly code: string;
  readonly message: string;
}

/** The result of a write: all of it is stored, or nothing. */
export type WriteResult = { readonly kind: 'done'; readonly id: string } | ({ readonly kind: 'refused' } & Refusal);

/** Turns the refusal into the result of the write. */
export function refused(refusal: Refusal): WriteResult {
  return { kind: 'refused', ...refusal };
}

/** Which user writes, and into which solution. */
export interface WriteHow {
  /** The `systemuserid`; null for the platform itself. */
  readonly userId: string | null;
  /** What `MSCRM.SolutionUniqueName` names; null for the default solution. */
  readonly solution: string | null;
  /** Whether the import of a managed solution writes: then its rows are managed, and it may change managed rows. */
  readonly managed?: boolean;
}
