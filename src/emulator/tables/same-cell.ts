import type { Cell } from './table-definition.js';

/** Whether keys and names are equal: text without regard to case, as Dataverse's database compares it. */
export function sameCell(one: Cell | undefined, other: Cell | undefined): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return one === other;
  return one.toLowerCase() === other.toLowerCase();
}
