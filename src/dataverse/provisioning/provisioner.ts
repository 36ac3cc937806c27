import { randomUUID } from 'node:crypto';
import type { TableClient } from '../tables/table-client.js';
import type { Finding } from './change.js';
import type { DeployedComponents } from './deployed/deployed-state.js';
import { readComponents, readDeployedState } from './deployed/read-deployed-state.js';
import type { DeployedEndpoint } from './endpoints/deployed-endpoint.js';
import { endpointFindings } from './endpoints/endpoint-findings.js';
import { planEndpoints } from './endpoints/plan-endpoints.js';
import { readDeployedEndpoints } from './endpoints/read-deployed-endpoints.js';
import type { WishedEndpoint } from './endpoints/wished-endpoint.js';
import { findingsFor } from './findings/findings.js';
import { outsideSolution } from './plan/outside-solution.js';
import { type Plan, planFor } from './plan/plan.js';
import type { WishedState } from './wished/wished-state.js';

/** What is wished beside custom APIs and catalogs, and what may be done for it. */
export interface ProvisioningWishes {
  readonly endpoints: readonly WishedEndpoint[];
  /** Whether steps of these endpoints that nothing wishes any more are deleted. */
  readonly prune: boolean;
  /** Whether secrets that are set are written all the same. */
  readonly writeSecrets: boolean;
  /** Whether a missing solution is made, and a publisher for it. */
  readonly createSolution: boolean;
  /** Whether event types were left out: then nothing is said of their steps. */
  readonly isNarrowed: boolean;
}

/** A plan for everything, and what a person should know beside it. */
export interface FullPlan extends Plan {
  /** Unique name of the solution that what is made is put into; null for the default solution. */
  readonly solution: string | null;
  readonly notes: readonly string[];
}

export interface Verified {
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

/** Nothing but what the definitions say. */
const NO_MORE_WISHES: ProvisioningWishes = {
  endpoints: [],
  prune: false,
  writeSecrets: false,
  createSolution: false,
  isNarrowed: false,
};

/** One environment beside what is wished of it: reads, and tells what there is to do. Rejects as `TableClient` does. */
export class Provisioner {
  constructor(
    private readonly tables: TableClient,
    private readonly wished: WishedState,
    private readonly wishes: ProvisioningWishes = NO_MORE_WISHES,
  ) {}

  /** Reads everything anew and plans. */
  async plan(): Promise<FullPlan> {
    const [state, endpoints] = await Promise.all([readDeployedState(this.tables, this.wished), this.readEndpoints()]);
    const { prune, writeSecrets, createSolution } = this.wishes;
    let notes: readonly string[] = [];
    const plan = planFor(this.wished, state, {
      newId: randomUUID,
      isRestored: this.restoredSteps(state, endpoints),
      createSolution,
      onTop: (recreated) => {
        const more = planEndpoints({ ...this.endpointsRequest(state, endpoints), recreated, prune, writeSecrets });
        notes = more.notes;
        return more;
      },
    });
    const solution = state.solution?.isManaged ? null : this.wished.solution;
    return { ...plan, solution, notes: [...outsideSolution(this.wished, state), ...notes] };
  }

  /** Reads everything anew and tells what is not as wished. */
  async verify(): Promise<Verified> {
    const [state, endpoints] = await Promise.all([readComponents(this.tables, this.wished), this.readEndpoints()]);
    const { findings, notes } = endpointFindings(this.endpointsRequest(state, endpoints));
    return {
      findings: [...findingsFor(this.wished, state), ...findings],
      notes,
    };
  }

  private readEndpoints() {
    return readDeployedEndpoints(
      this.tables,
      this.wishes.endpoints.map(({ name }) => name),
    );
  }

  /** Those an endpoints plan makes anew where their messages go: an endpoint that stands in the way restores none. */
  private restoredSteps(state: DeployedComponents, endpoints: readonly DeployedEndpoint[]) {
    const recreated = new Set(this.wished.customApis.map(({ api }) => api.uniqueName));
    const request = { ...this.endpointsRequest(state, endpoints), recreated, prune: false, writeSecrets: false };
    const made = planEndpoints(request).changes.filter(
      ({ component, action }) => component === 'step' && action === 'create',
    );
    const names = new Set(made.map(({ name }) => name.toLowerCase()));
    const ids = new Set(made.flatMap(({ operations }) => operations.map(({ id }) => id)));
    return ({ id, name }: { readonly id: string; readonly name: string }) =>
      ids.has(id) || names.has(name.toLowerCase());
  }

  /** Without the custom APIs whose names are taken: a step must not be hung on somebody else's message. */
  private endpointsRequest({ foreignMessages }: DeployedComponents, deployed: readonly DeployedEndpoint[]) {
    const { endpoints: wished, isNarrowed } = this.wishes;
    const taken = new Set(foreignMessages.map((name) => name.toLowerCase()));
    const customApis = this.wished.customApis.filter(({ api }) => !taken.has(api.uniqueName.toLowerCase()));
    return { wished, deployed, customApis, narrowed: isNarrowed || taken.size > 0 };
  }
}
