import type { Dependant, Recreation } from './plan-recreation.js';

/** What recreations cost beyond those that were agreed to, in a few words each: empty where they cost no more. */
export function beyondConsent(agreed: readonly Recreation[], found: readonly Recreation[]): readonly string[] {
  return found.flatMap((recreation) => {
    const known = agreed.find(({ name }) => name === recreation.name);
    const { name, scope, subscribers, losses } = recreation;
    if (known === undefined || (scope === 'custom-api' && known.scope === 'parts')) {
      return [
        scope === 'custom-api'
          ? `${name} has to be deleted and made anew`
          : `${name} has to change for those who call it or wait for it`,
      ];
    }
    const more = [...subscribers, ...losses].filter(
      (one) => ![...known.subscribers, ...known.losses].some((other) => isSame(one, other)),
    );
    return [
      ...new Set(more.map((one) => `${name} has the ${one.component} ${one.name}`)),
      ...otherCallers(known, recreation),
    ];
  });
}

/** The pause keeps the privilege that callers need; it has to be the present one. */
function otherCallers(known: Recreation, { name, scope, executePrivilege }: Recreation): readonly string[] {
  if (scope === 'parts' || known.executePrivilege === executePrivilege) return [];
  return [`callers of ${name} need ${executePrivilege ?? 'no privilege'} now`];
}

function isSame(one: Dependant, other: Dependant): boolean {
  return one.component === other.component && one.name === other.name;
}
