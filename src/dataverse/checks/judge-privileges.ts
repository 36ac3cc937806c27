import { neededDepth, reaches } from '../privileges/privilege-depth.js';
import { PRIVILEGE_NEEDS } from '../privileges/privilege-needs.js';
import type { HeldPrivilege } from '../privileges/read-privileges.js';
import type { Finding } from './check-step.js';

/** What a user may, of what the gateway does. Sending needs none: whoever has a role may call. */
export function judgePrivileges(held: readonly HeldPrivilege[]): Finding {
  const depths = new Map(held.map(({ name, depth }) => [name.toLowerCase(), depth]));
  const lacking = (needs: readonly string[]) =>
    needs.filter((name) => !reaches(depths.get(name.toLowerCase()) ?? '', neededDepth(name)));
  const toVerify = lacking(PRIVILEGE_NEEDS.verify);
  const toProvision = lacking(PRIVILEGE_NEEDS.provision);
  const figures = {
    privileges: held.length,
    missingToVerify: toVerify.join(', ') || null,
    missingToProvision: toProvision.join(', ') || null,
  };
  if (toVerify.length > 0) {
    return {
      result: 'warning',
      detail: `it may send, and not verify: it lacks ${toVerify.map(asNeeded).join(', ')}`,
      advice: '`dataverse grant` adds them to a role of its own. Without them event types stay "not verified".',
      figures,
    };
  }
  const provisions =
    toProvision.length === 0
      ? 'it may send, verify and provision'
      : `it may send and verify; to provision it lacks ${toProvision.length} privileges, which a user that only sends does without`;
  return { result: 'ok', detail: provisions, figures };
}

/** With the depth: whoever looks for a privilege in a role may find it there, and not see that it reaches too few rows. */
function asNeeded(name: string): string {
  return neededDepth(name) === 'Global' ? `${name} (of the whole organization)` : name;
}
