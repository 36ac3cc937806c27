import { neededDepth, reaches } from '../privileges/privilege-depth.js';
import { PRIVILEGE_NEEDS } from '../privileges/privilege-needs.js';
import type { HeldPrivilege } from '../privileges/read-privileges.js';
import type { Finding } from './check-step.js';

/** What a user lacks, by what it is for. */
interface Lacking {
  readonly toVerify: readonly string[];
  readonly toProvision: readonly string[];
  readonly toDiagnose: readonly string[];
}

/** Which of the things the gateway does a user may do. Sending needs no privilege: every user with a role may call. */
export function judgePrivileges(held: readonly HeldPrivilege[]): Finding {
  const depths = new Map(held.map(({ name, depth }) => [name.toLowerCase(), depth]));
  const lackingOf = (needs: readonly string[]) =>
    needs.filter((name) => !reaches(depths.get(name.toLowerCase()) ?? '', neededDepth(name)));
  const lacking: Lacking = {
    toVerify: lackingOf(PRIVILEGE_NEEDS.verify),
    toProvision: lackingOf(PRIVILEGE_NEEDS.provision),
    toDiagnose: lackingOf(PRIVILEGE_NEEDS.diagnose),
  };
  const figures = {
    privileges: held.length,
    missingToVerify: lacking.toVerify.join(', ') || null,
    missingToDiagnose: lacking.toDiagnose.join(', ') || null,
    missingToProvision: lacking.toProvision.join(', ') || null,
  };
  const detail = [whatItMay(lacking), ...whatItLacks(lacking)].join('; ');
  if (lacking.toVerify.length > 0) return { result: 'warning', detail, advice: TO_VERIFY, figures };
  const isWhole = lacking.toProvision.length + lacking.toDiagnose.length === 0;
  return { result: 'ok', detail: isWhole ? detail : `${detail}. A user that only sends does without`, figures };
}

const TO_VERIFY =
  '`dataverse grant` adds what verifying takes to a role of its own. Without it event types stay "not verified".';

function whatItMay({ toVerify, toProvision }: Lacking): string {
  if (toVerify.length > 0) return 'it may send';
  return toProvision.length > 0 ? 'it may send and verify' : 'it may send, verify and provision';
}

/** Each privilege once. Those to read are apart from those to write: a user may be given the one and not the other. */
function whatItLacks({ toVerify, toProvision, toDiagnose }: Lacking): readonly string[] {
  const toWrite = toProvision.filter((name) => !toVerify.includes(name) && !toDiagnose.includes(name));
  return [
    ...(toVerify.length === 0 ? [] : [`to verify it lacks ${toVerify.map(asNeeded).join(', ')}`]),
    ...(toWrite.length === 0 ? [] : [`to provision it lacks ${toWrite.join(', ')}`]),
    ...(toDiagnose.length === 0 ? [] : [`to diagnose it lacks ${toDiagnose.join(', ')} (${TO_DIAGNOSE})`]),
  ];
}

/** No advice of a check: these rights show more than events need. */
const TO_DIAGNOSE =
  '`dataverse grant --diagnose` gives it, for `dataverse endpoints`, `dataverse discover`, --endpoints and --receiver';

/** With the depth: somebody who finds the privilege in a role may not see that it reaches too few rows. */
function asNeeded(name: string): string {
  return neededDepth(name) === 'Global' ? `${name} (of the whole organization)` : name;
}
