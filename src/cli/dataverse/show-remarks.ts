import type { Remark } from '../../dataverse/importing/remark.js';
import { printable } from '../write-output.js';

/** Remarks as people read them: what, why it matters, what to do. Names come from the environment. */
export function showRemarks(remarks: readonly Remark[]): string {
  return remarks.map(({ about, what, why, advice }) => printable(`- ${about}: ${what}. ${why} ${advice}`)).join('\n');
}
