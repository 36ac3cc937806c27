import type { VerifierVerdict } from '../../delivery/verifier.js';
import type { Finding } from './change.js';
import { compare } from './compare/compare.js';
import type { DeployedCustomApi } from './deployed/deployed-state.js';
import { findingsFor } from './findings/findings.js';
import type { WishedCustomApi, WishedState } from './wished/wished-state.js';

/** What was read of the custom APIs that are wished. */
export interface ReadCustomApis {
  readonly customApis: readonly DeployedCustomApi[];
  /** Names of those that were not found and that a message has all the same. */
  readonly messages: readonly string[];
}

/** What a type comes to. */
export interface TypeVerdict {
  /** As far as everything is seen that there is. */
  readonly believed: VerifierVerdict;
  /** As far as rows may be hidden; null where that makes no difference. */
  readonly doubted: VerifierVerdict | null;
}

/** Judges what was read, type by type. */
export function verdictsOn(
  wished: WishedState,
  { customApis, messages }: ReadCustomApis,
): ReadonlyMap<string, TypeVerdict> {
  const deployed = { catalogs: [], foreignMessages: [], customApis };
  const findings = findingsFor(wished, deployed).filter(({ severity }) => severity === 'breaking');
  const unseen = new Set(messages.map((name) => name.toLowerCase()));
  const missing = missingParameters(wished, customApis);
  const verdictFor = ({ type, api: { uniqueName } }: WishedCustomApi): TypeVerdict => {
    if (unseen.has(uniqueName.toLowerCase())) return { believed: unseenApi(uniqueName), doubted: null };
    const own = findings.filter((finding) => finding.type === type);
    const certain = own.filter(({ name }) => !missing.has(name));
    const isDoubtful = certain.length < own.length;
    const doubted = certain.length > 0 ? verdictOn(certain) : unseenParameters(uniqueName);
    return { believed: verdictOn(own), doubted: isDoubtful ? doubted : null };
  };
  return new Map(wished.customApis.map((custom) => [custom.type, verdictFor(custom)]));
}

/** By the names findings give them. */
function missingParameters(wished: WishedState, customApis: readonly DeployedCustomApi[]): ReadonlySet<string> {
  const compared = compare(wished, { catalogs: [], foreignMessages: [], customApis }).customApis;
  return new Set(
    compared.flatMap(({ standing, wished: { api } }) =>
      (standing?.parameters ?? [])
        .filter(({ deployed }) => deployed === null)
        .map((parameter) => `${api.uniqueName}.${parameter.wished.uniqueName}`),
    ),
  );
}

/**
 * Custom APIs have owners: who may read only rows of its own is shown none, and no error. Their messages are everybody's
 * to read.
 */
function unseenApi(name: string): VerifierVerdict {
  const detail = `a message ${name} exists, but no custom API of that name can be seen: the application user needs to read custom APIs of the whole organization, or the message is a custom process action's`;
  return { kind: 'unreadable', detail };
}

/** Parameters have owners too: a gate is not closed because somebody may not look. */
function unseenParameters(name: string): VerifierVerdict {
  const detail = `not all parameters of ${name} can be seen: the application user needs to read request parameters of the whole organization (\`dataverse grant\` gives it that), or they are missing; \`dataverse verify\` as somebody who may read them tells`;
  return { kind: 'unreadable', detail };
}

/** Findings that differ without breaking anything are for `dataverse verify` to tell. */
function verdictOn(breaking: readonly Finding[]): VerifierVerdict {
  const [first] = breaking;
  if (first === undefined) return { kind: 'fits' };
  const more = breaking.length === 1 ? '' : ` (and ${breaking.length - 1} more: \`dataverse verify\` lists them)`;
  return { kind: 'drifted', detail: `${first.what}: ${first.why}. What to do: ${first.advice}${more}` };
}
