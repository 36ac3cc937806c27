import { randomUUID } from 'node:crypto';
import type { TableClient } from '../tables/table-client.js';
import type { Finding } from './change.js';
import { lackedEnvelope } from './compare/lacked-envelope.js';
import type { DeployedComponents } from './deployed/deployed-state.js';
import { readComponents, readDeployedState } from './deployed/read-deployed-state.js';
import { endpointFindings } from './endpoints/endpoint-findings.js';
import { planEndpoints } from './endpoints/plan-endpoints.js';
import { type DeployedListeners, readDeployedEndpoints } from './endpoints/read-deployed-endpoints.js';
import { restoredSteps } from './endpoints/restored-steps.js';
import type { WishedEndpoint } from './endpoints/wished-endpoint.js';
import { findingsFor } from './findings/findings.js';
import { inactiveCatalogs } from './plan/inactive-catalogs.js';
import { missingPrivilege } from './plan/missing-privilege.js';
import { outsideSolution } from './plan/outside-solution.js';
import type { Plan } from './plan/plan.js';
import { planComponents } from './plan/plan-components.js';
import type { BegunRecreation } from './plan/plan-recreation.js';
import { planSolution } from './plan/plan-solution.js';
import { isSameName } from './same-name.js';
import type { WishedState } from './wished/wished-state.js';

/** What is wished beside custom APIs and catalogs, and what may be done for it. */
export interface ProvisioningWishes {
  /** Null: endpoints are neither read nor changed. */
  readonly endpoints: readonly WishedEndpoint[] | null;
  /** Whether we may have endpoints beside these: then nothing is said about those endpoints' steps. */
  readonly besideOthers: boolean;
  /** Names of endpoints and custom APIs that are changed as wished although somebody else made them. */
  readonly takeOver: readonly string[];
  /** Whether steps of these endpoints that are no longer wished are deleted. */
  readonly prune: boolean;
  /** Whether existing secrets are written again. */
  readonly writeSecrets: boolean;
  /** Whether a missing solution is created, and a publisher for it. */
  readonly createSolution: boolean;
  /** Whether event types were left out: then nothing is said about their steps. */
  readonly isNarrowed: boolean;
}

/** A plan for everything, with notes for people. */
export interface FullPlan extends Plan {
  /** Unique name of the solution that new components are added to; null for the default solution. */
  readonly solution: string | null;
  readonly notes: readonly string[];
}

export interface Verified {
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

/** Only what the definitions say. */
const NO_MORE_WISHES: ProvisioningWishes = {
  endpoints: null,
  besideOthers: true,
  takeOver: [],
  prune: false,
  writeSecrets: false,
  createSolution: false,
  isNarrowed: false,
};

/** An environment and its wished state: reads, and tells the changes between them. Rejects as `TableClient` does. */
export class Provisioner {
  constructor(
    private readonly tables: TableClient,
    private readonly wished: WishedState,
    private readonly wishes: ProvisioningWishes = NO_MORE_WISHES,
  ) {}

  /** Reads everything anew and plans. What is in `begun` may be half made, and is completed. */
  async plan(begun: readonly BegunRecreation[] = []): Promise<FullPlan> {
    const { wished } = this;
    const { takeOver, createSolution } = this.wishes;
    const newId = randomUUID;
    const [read, listeners] = await Promise.all([readDeployedState(this.tables, wished), this.readEndpoints()]);
    const { deployed: state, comparison } = read;
    const request = this.endpointsRequest(state, listeners, begun);
    const components = planComponents(comparison, {
      newId,
      dependants: state.dependants,
      isRestored: restoredSteps(request),
      solution: wished.solution,
      takeOver,
      begun,
    });
    const endpoints = planEndpoints({ ...request, recreated: wholeOf(components) });
    const changes = [...components.changes, ...endpoints.changes];
    const home = planSolution(wished, state, { newId, createSolution, changes });
    const missing = state.missingPrivileges.map(missingPrivilege);
    return {
      changes: [...home.changes, ...changes],
      recreations: components.recreations,
      obstacles: [...home.obstacles, ...missing, ...components.obstacles, ...endpoints.obstacles],
      solution: state.solution?.isManaged ? null : wished.solution,
      notes: [...outsideSolution(comparison, wished, state), ...inactiveCatalogs(comparison), ...endpoints.notes],
    };
  }

  /** Reads everything anew and tells what is not as wished. */
  async verify(): Promise<Verified> {
    const [read, listeners] = await Promise.all([readComponents(this.tables, this.wished), this.readEndpoints()]);
    const { findings, notes } = endpointFindings(this.endpointsRequest(read.deployed, listeners, []));
    return {
      findings: [...findingsFor(read.comparison), ...findings],
      notes,
    };
  }

  private async readEndpoints(): Promise<DeployedListeners> {
    if (this.wishes.endpoints === null) return { endpoints: [], onMessages: [] };
    return readDeployedEndpoints(this.tables, {
      names: this.wishes.endpoints.map(({ name }) => name),
      messages: this.wished.customApis.map(({ api }) => api.uniqueName),
    });
  }

  /** Without the custom APIs whose names are taken: no step may be registered on somebody else's message. */
  private endpointsRequest(
    components: DeployedComponents,
    { endpoints, onMessages }: DeployedListeners,
    begun: readonly BegunRecreation[],
  ) {
    const { endpoints: wished, besideOthers, isNarrowed, takeOver, prune, writeSecrets } = this.wishes;
    const taken = takenNames(components, [...takeOver, ...begun.map(({ name }) => name)]);
    const isTaken = (message: string) => taken.some((name) => isSameName(name, message));
    return {
      wished: wished ?? [],
      deployed: endpoints,
      onMessages: onMessages.filter(({ message }) => !isTaken(message)),
      customApis: this.wished.customApis.filter(({ api }) => !isTaken(api.uniqueName)),
      narrowed: isNarrowed || taken.length > 0,
      besideOthers,
      takeOver,
      prune,
      writeSecrets,
    };
  }
}

/** Names of wished custom APIs that seem to be somebody else's; those in `ours` are not. */
function takenNames({ foreignMessages, customApis }: DeployedComponents, ours: readonly string[]): readonly string[] {
  const foreign = customApis.filter((row) => lackedEnvelope({ row }).length > 0);
  const names = foreign.map(({ cells }) => String(cells.uniquename));
  return [...foreignMessages, ...names.filter((name) => !ours.some((one) => isSameName(one, name)))];
}

/** The custom APIs that a plan deletes and makes anew: their steps are deleted with them. */
function wholeOf({ recreations }: Plan): ReadonlySet<string> {
  return new Set(recreations.filter(({ scope }) => scope === 'custom-api').map(({ name }) => name));
}
