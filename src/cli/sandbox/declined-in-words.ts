import type { Recreation } from '../../dataverse/provisioning/plan/plan-recreation.js';
import { namedInARow, recreationInWords } from '../dataverse/recreation-in-words.js';

/**
 * What a start leaves as it is, why, and the command that changes it nevertheless, a line each. `program` runs
 * commands; `receiver` is the address that the steps have to lead to, or null.
 */
export function declinedInWords(
  recreation: Recreation,
  { program, receiver }: { readonly program: string; readonly receiver: string | null },
): readonly string[] {
  const { name, losses, subscribers } = recreation;
  const others =
    losses.length > 0 ? `Lost with it: ${namedInARow(losses)}` : `It is waited for: ${namedInARow(subscribers)}`;
  return [
    `${recreationInWords(recreation)} ${others}. It is left as it is;`,
    `who agrees to it runs: ${program} dataverse apply --yes --recreate ${name}${receiver === null ? '' : ` --receiver ${receiver}`}`,
  ];
}
