import type { EventCatalog } from '../../contract/event-catalog.js';
import type { EventDefinition } from '../../contract/event-definition.js';
import type { CallOptions } from '../../delivery/destination.js';
import { Verifier, type VerifierVerdict } from '../../delivery/verifier.js';
import type { DataverseConnection } from '../dataverse-connection.js';
import { ONCE } from '../repeat/patience.js';
import { DataverseThrottledError } from '../tables/dataverse-throttled.error.js';
import { TableClient } from '../tables/table-client.js';
import type { Finding } from './change.js';
import type { DeployedCustomApi } from './deployed/deployed-state.js';
import { missingNames } from './deployed/missing-names.js';
import { readCustomApis } from './deployed/read-custom-apis.js';
import { readForeignMessages } from './deployed/read-foreign-messages.js';
import { findingsFor } from './findings/findings.js';
import type { WishedState } from './wished/wished-state.js';
import { wishedStateFor } from './wished/wished-state-for.js';

/** A parameter is unknown or of another type; one is missing or invalid. */
const PARAMETERS_REFUSED: ReadonlySet<string> = new Set(['0x80048d19', '0x80040203']);

/** Verifies by reading the custom APIs of all types at once; catalogs are not read, for no call fails by them. */
export class DataverseVerifier extends Verifier {
  constructor(
    private readonly connection: DataverseConnection,
    private readonly catalog: EventCatalog,
    private readonly prefix: string,
  ) {
    super();
  }

  override async verify(
    types: readonly string[],
    applicationUser: string,
    options: CallOptions,
  ): Promise<ReadonlyMap<string, VerifierVerdict>> {
    const definitions = types.flatMap((type) => this.catalog.find(type) ?? []);
    const verdicts = await this.judge(definitions, applicationUser, options);
    return new Map(types.map((type) => [type, verdicts(type)]));
  }

  override mayExplain(errorCode: string | null): boolean {
    return errorCode !== null && PARAMETERS_REFUSED.has(errorCode);
  }

  private async judge(
    definitions: readonly EventDefinition[],
    applicationUser: string,
    options: CallOptions,
  ): Promise<(type: string) => VerifierVerdict> {
    try {
      const tables = new TableClient(this.connection, { ...options, applicationUser, patience: ONCE });
      const wished = wishedStateFor(definitions, { prefix: this.prefix, solution: null });
      const names = wished.customApis.map(({ api }) => api.uniqueName);
      const customApis = await readCustomApis(tables, names);
      const messages = await readForeignMessages(tables, missingNames(wished, customApis));
      return verdictsOn(wished, customApis, messages);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      if (error instanceof DataverseThrottledError) {
        const { retryAfterMs } = error;
        return () => ({ kind: 'throttled', retryAfterMs, detail });
      }
      return () => ({ kind: 'unreadable', detail });
    }
  }
}

/** Judges what was read. `messages`: names of custom APIs that were not found and that a message has all the same. */
function verdictsOn(
  wished: WishedState,
  customApis: readonly DeployedCustomApi[],
  messages: readonly string[],
): (type: string) => VerifierVerdict {
  const findings = findingsFor(wished, { catalogs: [], foreignMessages: [], customApis });
  const bare = customApis.filter(({ parameters }) => parameters.length === 0);
  const unseen = inAnyCase(messages);
  const withoutParameters = inAnyCase(bare.map(({ cells }) => String(cells.uniquename)));
  return (type) => {
    const name = wished.customApis.find((custom) => custom.type === type)?.api.uniqueName;
    if (name === undefined) return { kind: 'unreadable', detail: 'this gateway has no definition of it' };
    if (unseen.has(name.toLowerCase())) return unseenApi(name);
    if (withoutParameters.has(name.toLowerCase())) return unseenParameters(name);
    return verdictOn(findings.filter((finding) => finding.type === type));
  };
}

/** Dataverse compares unique names without regard to case. */
function inAnyCase(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}

/**
 * Custom APIs have owners: who may read only rows of its own is shown none, and no error. Their messages are everybody's
 * to read.
 */
function unseenApi(name: string): VerifierVerdict {
  const detail = `a message ${name} exists, but no custom API of that name can be seen: the application user needs to read custom APIs of the whole organization, or the message is a custom process action's`;
  return { kind: 'unreadable', detail };
}

/** Every event has parameters, and they have owners too: a gate is not closed because somebody may not look. */
function unseenParameters(name: string): VerifierVerdict {
  const detail = `not one parameter of ${name} can be seen: the application user needs to read request parameters of the whole organization, or it has none; \`dataverse verify\` as somebody who may read them tells`;
  return { kind: 'unreadable', detail };
}

/** Findings that differ without breaking anything are for `dataverse verify` to tell. */
function verdictOn(findings: readonly Finding[]): VerifierVerdict {
  const breaking = findings.filter(({ severity }) => severity === 'breaking');
  const [first] = breaking;
  if (first === undefined) return { kind: 'fits' };
  const more = breaking.length === 1 ? '' : ` (and ${breaking.length - 1} more: \`dataverse verify\` lists them)`;
  return { kind: 'drifted', detail: `${first.what}: ${first.why}. What to do: ${first.advice}${more}` };
}
