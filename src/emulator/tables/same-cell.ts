import type { Cell } from './table-definition.js';

/** Whether keys and names say the same: text without regard to case, as Dataverse's database keeps it apart. */
export function sameCell(one: Cell | undefined, other: Cell | undefined): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return one === other;
  return one.toLowerCase() === other.toLowerCase();
}
