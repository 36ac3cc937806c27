import type { Cells } from '../deployed/deployed-state.js';
import type { WishedCustomApi } from '../wished/wished-state.js';
import { rowId } from './row-id.js';
import type { WishedEndpoint } from './wished-endpoint.js';

/** One event type that is sent to one endpoint: a row of `sdkmessageprocessingstep`. */
export interface WishedStep {
  readonly id: string;
  /** `<endpoint>: <message>`: a step of ours is recognized by it. */
  readonly name: string;
  readonly endpoint: string;
  /** The custom API's unique name. */
  readonly message: string;
  readonly type: string;
  readonly cells: Cells;
}

/**
 * Runs after the event, when its transaction is complete; by Dataverse's asynchronous service; its system job is
 * deleted if it succeeded; as the user who sent the event. Without a filter: the message is bound to no table.
 */
const COLUMNS = {
  stage: 40,
  mode: 1,
  supporteddeployment: 0,
  asyncautodelete: true,
  filteringattributes: null,
  configuration: null,
  impersonatinguserid: null,
  statecode: 0,
} as const;

/** The steps of an endpoint: one for each custom API of its event types. */
export function wishedSteps(endpoint: WishedEndpoint, customApis: readonly WishedCustomApi[]): readonly WishedStep[] {
  return customApis
    .filter(({ type }) => endpoint.events === '*' || endpoint.events.includes(type))
    .map(({ type, api }) => stepFor(endpoint, type, api.uniqueName));
}

/** What a step of ours on this message is called. */
export function stepName(endpoint: string, message: string): string {
  return `${endpoint}: ${message}`;
}

function stepFor({ name: endpoint, rank }: WishedEndpoint, type: string, message: string): WishedStep {
  const name = stepName(endpoint, message);
  return {
    id: rowId('sdkmessageprocessingstep', name),
    name,
    endpoint,
    message,
    type,
    cells: { name, rank, ...COLUMNS },
  };
}
