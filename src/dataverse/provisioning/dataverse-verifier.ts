import type { EventCatalog } from '../../contract/event-catalog.js';
import type { CallOptions } from '../../delivery/destination.js';
import { Verifier, type VerifierVerdict } from '../../delivery/verifier.js';
import { messageOf } from '../../kernel/message-of.js';
import type { DataverseConnection } from '../dataverse-connection.js';
import { narrowPrivileges } from '../privileges/narrow-privileges.js';
import type { Patience } from '../repeat/patience.js';
import { DataverseThrottledError } from '../tables/dataverse-throttled.error.js';
import { TableClient } from '../tables/table-client.js';
import { missingNames } from './deployed/missing-names.js';
import { readCustomApis } from './deployed/read-custom-apis.js';
import { readForeignMessages } from './deployed/read-foreign-messages.js';
import { type TypeVerdict, verdictsOn } from './verdicts-on.js';
import { whyUnreadable } from './why-unreadable.js';
import { wishedCustomApi } from './wished/wished-custom-api.js';
import type { WishedState } from './wished/wished-state.js';

/**
 * A parameter is unknown or of another type; one is missing or invalid. For an unknown one there may be no code
 * (`0x0`).
 */
const PARAMETERS_REFUSED: ReadonlySet<string> = new Set(['0x80048d19', '0x80040203']);
/**
 * A connection that was closed while idle, or one bad gateway, is no reason for not knowing. A throttle asks for at
 * least a second and is not waited for: it closes the user's gate.
 */
const QUICK: Patience = { repeats: 2, waitMs: 900, firstWaitMs: 200 };

/**
 * Verifies by reading the custom APIs of all types at once. Catalogs are not read, for they make no call fail, and a
 * conflict between the definitions of two types keeps neither from being verified.
 */
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
    const verdictOf = await this.look(types, applicationUser, options);
    return new Map(types.map((type) => [type, verdictOf(type)]));
  }

  override mayExplain(errorCode: string | null): boolean {
    return errorCode === null || PARAMETERS_REFUSED.has(errorCode);
  }

  private async look(
    types: readonly string[],
    applicationUser: string,
    options: CallOptions,
  ): Promise<(type: string) => VerifierVerdict> {
    try {
      const tables = new TableClient(this.connection, { ...options, applicationUser, patience: QUICK });
      const verdicts = await judge(tables, this.wished(types));
      const unknown: VerifierVerdict = { kind: 'unreadable', detail: 'this gateway has no definition of it' };
      return (type) => verdicts.get(type) ?? unknown;
    } catch (error) {
      const verdict = whyUnreadable(error);
      return () => verdict;
    }
  }

  private wished(types: readonly string[]): WishedState {
    const { prefix } = this;
    const definitions = types.flatMap((type) => this.catalog.find(type) ?? []);
    const customApis = definitions.map((definition) => wishedCustomApi(definition, { prefix }));
    return { prefix, solution: null, catalogs: [], customApis };
  }
}

async function judge(tables: TableClient, wished: WishedState): Promise<ReadonlyMap<string, VerifierVerdict>> {
  const names = wished.customApis.map(({ api }) => api.uniqueName);
  const customApis = await readCustomApis(tables, names, { withAssignments: false });
  const messages = await readForeignMessages(tables, missingNames(wished, customApis));
  const verdicts = verdictsOn(wished, { customApis, messages });
  const isDoubtful = [...verdicts.values()].some(({ doubted }) => doubted !== null);
  const sight = isDoubtful ? await sightOfParameters(tables) : ALL_SEEN;
  return new Map([...verdicts].map(([type, verdict]) => [type, verdictBy(sight, verdict)]));
}

/** Which of the parameters' rows the user may see. */
type Sight =
  | { readonly kind: 'all' }
  | { readonly kind: 'part' }
  | { readonly kind: 'unknown'; readonly inFull: string };

const ALL_SEEN: Sight = { kind: 'all' };

async function sightOfParameters(tables: TableClient): Promise<Sight> {
  try {
    const narrow = await narrowPrivileges(tables, ['prvReadCustomAPIRequestParameter']);
    return narrow.length > 0 ? { kind: 'part' } : ALL_SEEN;
  } catch (error) {
    if (error instanceof DataverseThrottledError) throw error;
    return { kind: 'unknown', inFull: messageOf(error) };
  }
}

/** Also if it is unknown what is hidden: a gate closes only for what is known. */
function verdictBy(sight: Sight, { believed, doubted }: TypeVerdict): VerifierVerdict {
  if (doubted === null || sight.kind === 'all') return believed;
  if (doubted.kind !== 'unreadable' || sight.kind === 'part') return doubted;
  return { kind: 'unreadable', detail: UNKNOWN_SIGHT, inFull: `${UNKNOWN_SIGHT}: ${sight.inFull}` };
}

const UNKNOWN_SIGHT =
  'not all parameters of its custom API can be seen, and the privileges of the application user, which would tell whether they are missing or hidden, could not be read; `dataverse verify` as somebody who may read both tells';
