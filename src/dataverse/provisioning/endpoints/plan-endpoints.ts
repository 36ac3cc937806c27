import type { Change, Obstacle } from '../change.js';
import type { WishedCustomApi } from '../wished/wished-state.js';
import { compareEndpoint } from './compare-endpoint.js';
import type { DeployedEndpoint } from './deployed-endpoint.js';
import { createEndpoint, updateEndpoint } from './endpoint-changes.js';
import { ambiguousEndpoint, managedEndpoint, otherContract } from './endpoint-obstacles.js';
import { planSteps, type StepsPlan } from './plan-steps.js';
import type { WishedEndpoint } from './wished-endpoint.js';
import { wishedSteps } from './wished-step.js';

/** What planning endpoints and their steps needs to know. */
export interface EndpointsRequest {
  readonly wished: readonly WishedEndpoint[];
  readonly deployed: readonly DeployedEndpoint[];
  readonly customApis: readonly WishedCustomApi[];
  /** Whether `customApis` are some of many: of steps on other messages nothing is known then. */
  readonly narrowed?: boolean;
  /** Messages whose custom APIs the same plan deletes and makes anew: the steps on them go with them. */
  readonly recreated: ReadonlySet<string>;
  /** Whether steps of ours that nothing wishes any more are deleted. */
  readonly prune: boolean;
  /** Whether secrets that are set are written all the same: they cannot be read, so nobody knows whether they are right. */
  readonly writeSecrets: boolean;
}

/** What there is to do for endpoints and steps, after the custom APIs are there. */
export interface EndpointsPlan {
  readonly changes: readonly Change[];
  readonly obstacles: readonly Obstacle[];
  /** What a person should know, and what nothing is done about. */
  readonly notes: readonly string[];
}

export function planEndpoints(request: EndpointsRequest): EndpointsPlan {
  const plans = request.wished.map((endpoint) => planEndpoint(endpoint, request));
  return {
    changes: plans.flatMap(({ changes }) => changes),
    obstacles: plans.flatMap(({ obstacles }) => obstacles),
    notes: plans.flatMap(({ notes }) => notes),
  };
}

function planEndpoint(wished: WishedEndpoint, request: EndpointsRequest): EndpointsPlan {
  const verdict = compareEndpoint(wished, request.deployed);
  switch (verdict.kind) {
    case 'ambiguous':
      return blocked(ambiguousEndpoint(wished, verdict.count));
    case 'other-contract':
      return blocked(otherContract(wished, verdict));
    case 'missing': {
      const empty = { id: verdict.id, name: wished.name, isManaged: false, cells: {}, steps: [] };
      return withSteps([createEndpoint(wished, verdict.id)], stepsOf(wished, empty, request));
    }
    case 'there': {
      const { deployed, differences } = verdict;
      if (differences.length > 0 && deployed.isManaged) return blocked(managedEndpoint(wished, differences));
      const isDue = differences.length > 0 || request.writeSecrets;
      const update = isDue ? [updateEndpoint(wished, { id: deployed.id, differences })] : [];
      return withSteps(update, stepsOf(wished, deployed, request));
    }
  }
}

function stepsOf(wished: WishedEndpoint, endpoint: DeployedEndpoint, request: EndpointsRequest): StepsPlan {
  const steps = wishedSteps(wished, request.customApis);
  const remaining = endpoint.steps.filter(({ message }) => !request.recreated.has(message));
  const messages = new Set(request.customApis.map(({ api }) => api.uniqueName));
  return planSteps({
    wished: steps,
    endpoint: { ...endpoint, steps: remaining },
    prune: request.prune,
    isKnown: (message) => !request.narrowed || messages.has(message),
  });
}

function withSteps(changes: readonly Change[], steps: StepsPlan): EndpointsPlan {
  return { ...steps, changes: [...changes, ...steps.changes] };
}

function blocked(obstacle: Obstacle): EndpointsPlan {
  return { changes: [], obstacles: [obstacle], notes: [] };
}
