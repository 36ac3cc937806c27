import { neededDepth, reaches } from '../privileges/privilege-depth.js';
import { PRIVILEGE_NEEDS } from '../privileges/privilege-needs.js';
import type { HeldPrivilege } from '../privileges/read-privileges.js';
import type { Finding } from './check-step.js';

/** What a user lacks, by what it is for. */
interface Lacking {
  readonly toVerify: readonly string[];
  readonly toDiagnose: readonly string[];
  readonly toProvision: readonly string[];
}

/** Which of the things the gateway does a user may do. Sending needs no privilege: every user with a role may call. */
export function judgePrivileges(held: readonly HeldPrivilege[]): Finding {
  const depths = new Map(held.map(({ name, depth }) => [name.toLowerCase(), depth]));
  const lackingOf = (needs: readonly string[]) =>
    needs.filter((name) => !reaches(depths.get(name.toLowerCase()) ?? '', neededDepth(name)));
  const lacking: Lacking = {
    toVerify: lackingOf(PRIVILEGE_NEEDS.verify),
    toDiagnose: lackingOf(PRIVILEGE_NEEDS.diagnose),
    toProvision: lackingOf(PRIVILEGE_NEEDS.provision),
  };
  const figures = {
    privileges: held.length,
    missingToVerify: lacking.toVerify.join(', ') || null,
    missingToDiagnose: lacking.toDiagnose.join(', ') || null,
    missingToProvision: lacking.toProvision.join(', ') || null,
  };
  return { ...(lacking.toVerify.length > 0 ? unableToVerify(lacking) : ableToVerify(lacking)), figures };
}

function unableToVerify({ toVerify }: Lacking): Finding {
  return {
    result: 'warning',
    detail: `it may send, and not verify: it lacks ${toVerify.map(asNeeded).join(', ')}`,
    advice: '`dataverse grant` adds them to a role of its own. Without them event types stay "not verified".',
  };
}

/** Those to read are told apart from those to write: a user that sends may be given the one, and not the other. */
function ableToVerify({ toDiagnose, toProvision }: Lacking): Finding {
  if (toProvision.length === 0) return { result: 'ok', detail: 'it may send, verify and provision' };
  const toWrite = toProvision.filter((name) => !toDiagnose.includes(name));
  const lacks = [
    ...(toWrite.length === 0 ? [] : [`to provision it lacks ${toWrite.join(', ')}`]),
    ...(toDiagnose.length === 0 ? [] : [`to diagnose it lacks ${toDiagnose.join(', ')}`]),
  ];
  return {
    result: 'ok',
    detail: `it may send and verify; ${lacks.join('; ')}. A user that only sends does without`,
    ...(toDiagnose.length === 0 ? {} : { advice: TO_DIAGNOSE }),
  };
}

const TO_DIAGNOSE =
  '`dataverse grant --diagnose` gives what `dataverse endpoints`, `dataverse discover`, --endpoints and --receiver read.';

/** With the depth: somebody who finds the privilege in a role may not see that it reaches too few rows. */
function asNeeded(name: string): string {
  return neededDepth(name) === 'Global' ? `${name} (of the whole organization)` : name;
}
