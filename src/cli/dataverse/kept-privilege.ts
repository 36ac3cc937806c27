import type { Plan } from '../../dataverse/provisioning/plan/plan.js';

/** The privilege that callers of a custom API need once a plan has made it anew; null for none, or where it stays. */
export function keptPrivilege({ changes }: Plan, customApi: string): string | null {
  const operations = changes.filter(({ recreates }) => recreates === customApi).flatMap((change) => change.operations);
  for (const operation of operations) {
    if (operation.kind !== 'create' || operation.set !== 'customapis') continue;
    const { executeprivilegename } = operation.row;
    if (typeof executeprivilegename === 'string') return executeprivilegename;
  }
  return null;
}
