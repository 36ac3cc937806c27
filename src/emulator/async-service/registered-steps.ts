import type { Row } from '../tables/table-definition.js';
import type { Tables } from '../tables/tables.js';

/** An enabled asynchronous step that posts to an endpoint. */
export interface RegisteredStep {
  readonly id: string;
  readonly name: string;
  /** The user as whom it runs; null for the caller. */
  readonly impersonatingUserId: string | null;
}

const NONE: readonly RegisteredStep[] = [];
const POST_OPERATION = 40;
const ASYNCHRONOUS = 1;
const ENABLED = 0;
const OUTLOOK_ONLY = 1;

/** The steps of custom APIs in order of rank, computed anew only after one of their rows has changed. */
export class RegisteredSteps {
  #seen = -1;
  #revision = -1;
  #byApi: ReadonlyMap<string, readonly RegisteredStep[]> = new Map();

  constructor(private readonly tables: Tables) {}

  /** Compares a single number where nothing was written since the last call. */
  of(customApiId: string): readonly RegisteredStep[] {
    if (this.tables.revision !== this.#seen) this.#renew();
    return this.#byApi.get(customApiId) ?? NONE;
  }

  #renew(): void {
    this.#seen = this.tables.revision;
    const revision = this.tables.revisionOf('sdkmessageprocessingstep', 'serviceendpoint', 'customapi');
    if (revision !== this.#revision) this.#byApi = stepsByApi(this.tables);
    this.#revision = revision;
  }
}

function stepsByApi(tables: Tables): ReadonlyMap<string, readonly RegisteredStep[]> {
  const steps = tables
    .rows('sdkmessageprocessingstep')
    .filter((step) => isPosted(step) && tables.find('serviceendpoint', `${step.eventhandler}`) !== null)
    .toSorted((one, other) => Number(one.rank) - Number(other.rank));
  const byMessage = Map.groupBy(steps, ({ sdkmessageid }) => `${sdkmessageid}`);
  return new Map(
    tables
      .rows('customapi')
      .map(({ customapiid, sdkmessageid }) => [
        `${customapiid}`,
        (byMessage.get(`${sdkmessageid}`) ?? []).map(registeredStep),
      ]),
  );
}

function isPosted({ stage, mode, statecode, supporteddeployment }: Row): boolean {
  return (
    stage === POST_OPERATION && mode === ASYNCHRONOUS && statecode === ENABLED && supporteddeployment !== OUTLOOK_ONLY
  );
}

function registeredStep({ sdkmessageprocessingstepid, name, impersonatinguserid }: Row): RegisteredStep {
  return {
    id: `${sdkmessageprocessingstepid}`,
    name: `${name}`,
    impersonatingUserId: typeof impersonatinguserid === 'string' ? impersonatinguserid : null,
  };
}
