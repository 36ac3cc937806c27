import type { VerifierVerdict } from '../../delivery/verifier.js';
import type { Finding } from './change.js';
import { type CustomApiComparison, compare } from './compare/compare.js';
import type { DeployedCustomApi } from './deployed/deployed-state.js';
import { findingsOfApi } from './findings/findings-of-api.js';
import type { WishedState } from './wished/wished-state.js';

/** What was read about the wished custom APIs. */
export interface ReadCustomApis {
  readonly customApis: readonly DeployedCustomApi[];
  /** Names without a custom API that belong to a message all the same. */
  readonly messages: readonly string[];
}

/** The verdict on a type. */
export interface TypeVerdict {
  /** The verdict if every row is visible. */
  readonly believed: VerifierVerdict;
  /** The verdict if rows may be hidden; null where that makes no difference. */
  readonly doubted: VerifierVerdict | null;
}

/** Judges what was read, type by type. */
export function verdictsOn(
  wished: WishedState,
  { customApis, messages }: ReadCustomApis,
): ReadonlyMap<string, TypeVerdict> {
  const compared = compare(wished, { catalogs: [], foreignMessages: [], customApis }).customApis;
  const unseen = new Set(messages.map((name) => name.toLowerCase()));
  return new Map(
    compared.map((comparison) => {
      const { type, api } = comparison.wished;
      const isUnseen = unseen.has(api.uniqueName.toLowerCase());
      return [type, isUnseen ? { believed: unseenApi(api.uniqueName), doubted: null } : verdictFor(comparison)];
    }),
  );
}

function verdictFor(comparison: CustomApiComparison): TypeVerdict {
  const own = findingsOfApi(comparison).filter(({ severity }) => severity === 'breaking');
  const missing = missingParameters(comparison);
  const certain = own.filter(({ name }) => !missing.has(name));
  const isDoubtful = certain.length < own.length;
  const doubted = certain.length > 0 ? verdictOn(certain) : unseenParameters(comparison.wished.api.uniqueName);
  return { believed: verdictOn(own), doubted: isDoubtful ? doubted : null };
}

/** By the names findings give them. */
function missingParameters({ standing, wished: { api } }: CustomApiComparison): ReadonlySet<string> {
  const missing = (standing?.parameters ?? []).filter(({ deployed }) => deployed === null);
  return new Set(missing.map(({ wished }) => `${api.uniqueName}.${wished.uniqueName}`));
}

/**
 * Custom APIs have owners: a user that may read only its own sees none, without an error. Everybody may read their
 * messages.
 */
function unseenApi(name: string): VerifierVerdict {
  const detail = `a message ${name} exists, but no custom API of that name can be seen: the application user needs to read custom APIs of the whole organization, or the message is a custom process action's`;
  return { kind: 'unreadable', detail };
}

/** Parameters have owners too: a gate must not close because the user may not see a row. */
function unseenParameters(name: string): VerifierVerdict {
  const detail = `not all parameters of ${name} can be seen: the application user needs to read request parameters of the whole organization (\`dataverse grant\` gives it that), or they are missing; \`dataverse verify\` as somebody who may read them tells`;
  return { kind: 'unreadable', detail };
}

/** Findings that differ without breaking anything are reported by `dataverse verify`. */
function verdictOn(breaking: readonly Finding[]): VerifierVerdict {
  const [first] = breaking;
  if (first === undefined) return { kind: 'fits' };
  const more = breaking.length === 1 ? '' : ` (and ${breaking.length - 1} more: \`dataverse verify\` lists them)`;
  return { kind: 'drifted', detail: `${first.what}: ${first.why}. What to do: ${first.advice}${more}` };
}
