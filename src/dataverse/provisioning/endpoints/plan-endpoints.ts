import type { Change, Obstacle } from '../change.js';
import { isSameName } from '../same-name.js';
import type { WishedCustomApi } from '../wished/wished-state.js';
import { compareEndpoint, type EndpointVerdict } from './compare-endpoint.js';
import { unwishedSteps } from './compare-step.js';
import type { DeployedEndpoint, DeployedStep } from './deployed-endpoint.js';
import { createEndpoint, updateEndpoint } from './endpoint-changes.js';
import { movingNotes, sharingNotes, unreadableNotes } from './endpoint-notes.js';
import { ambiguousEndpoint, foreignEndpoint, managedEndpoint, otherContract } from './endpoint-obstacles.js';
import { abandonedSteps } from './own-step.js';
import { planSteps, type StepsPlan } from './plan-steps.js';
import { planUnwished } from './plan-unwished.js';
import type { WishedEndpoint } from './wished-endpoint.js';
import { wishedSteps } from './wished-step.js';

/** What planning endpoints and their steps needs to know. */
export interface EndpointsRequest {
  readonly wished: readonly WishedEndpoint[];
  /** Whether we may have endpoints beside the wished ones: then nothing is said about those endpoints' steps. */
  readonly besideOthers?: boolean;
  readonly deployed: readonly DeployedEndpoint[];
  /** All steps on the messages of `customApis`, with any author and any target. */
  readonly onMessages: readonly DeployedStep[];
  readonly customApis: readonly WishedCustomApi[];
  /** Whether `customApis` are only some of ours: then nothing is known about steps on other messages. */
  readonly narrowed?: boolean;
  /** Messages whose custom APIs the same plan deletes and makes anew: their steps are deleted with them. */
  readonly recreated: ReadonlySet<string>;
  /** Whether steps of ours that are no longer wished are deleted. */
  readonly prune: boolean;
  /** Whether existing secrets are written again: they cannot be read, so nobody knows whether they are right. */
  readonly writeSecrets: boolean;
  /** Names of endpoints that are changed as wished although somebody else made them. */
  readonly takeOver: readonly string[];
}

/** The changes of endpoints and steps, to be made after those of the custom APIs. */
export interface EndpointsPlan {
  readonly changes: readonly Change[];
  readonly obstacles: readonly Obstacle[];
  /** What a person should know, and what is left as it is. */
  readonly notes: readonly string[];
}

export function planEndpoints(request: EndpointsRequest): EndpointsPlan {
  const plans = request.wished.map((endpoint) => planEndpoint(endpoint, request));
  const remaining = withoutRecreated(request.onMessages, request);
  const orphans = request.besideOthers ? [] : abandonedSteps(remaining, request.wished);
  const abandoned = planUnwished(orphans, request.prune);
  return {
    changes: [...plans.flatMap(({ changes }) => changes), ...abandoned.changes],
    obstacles: plans.flatMap(({ obstacles }) => obstacles),
    notes: [...plans.flatMap(({ notes }) => notes), ...abandoned.notes],
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
      const steps = stepsOf(wished, empty, request);
      return { ...steps, changes: [createEndpoint(wished, verdict.id), ...steps.changes] };
    }
    case 'there':
      return planStanding(wished, verdict, request);
  }
}

/** An endpoint of somebody else's is used as it is. To change it, or its secret, `--take-over` has to name it. */
function planStanding(
  wished: WishedEndpoint,
  { deployed, differences, isOurs }: Extract<EndpointVerdict, { kind: 'there' }>,
  request: EndpointsRequest,
): EndpointsPlan {
  const steps = stepsOf(wished, deployed, request);
  if (differences.length === 0 && !request.writeSecrets) {
    return { ...steps, notes: [...unreadableNotes(wished.name), ...steps.notes] };
  }
  if (differences.length > 0 && deployed.isManaged) return blocked(managedEndpoint(wished, differences));
  const { others } = unwishedSteps(deployed, wishedSteps(wished, request.customApis));
  const isTakenOver = !isOurs && request.takeOver.some((name) => isSameName(name, wished.name));
  if (!isOurs && !isTakenOver) return blocked(foreignEndpoint(wished, differences, others));
  const update = updateEndpoint(wished, { id: deployed.id, differences });
  const notes = [...movingNotes(wished.name, differences), ...sharingNotes(wished.name, { others, isTakenOver })];
  return { ...steps, changes: [update, ...steps.changes], notes: [...notes, ...steps.notes] };
}

function stepsOf(wished: WishedEndpoint, endpoint: DeployedEndpoint, request: EndpointsRequest): StepsPlan {
  const steps = wishedSteps(wished, request.customApis);
  return planSteps({
    wished: steps,
    // Somebody may have renamed the endpoint; its steps are still recognized by its own name.
    endpoint: { ...endpoint, name: wished.name, steps: withoutRecreated(endpoint.steps, request) },
    prune: request.prune,
    isCarried: (message) => request.customApis.some(({ api }) => isSameName(api.uniqueName, message)),
    narrowed: request.narrowed === true,
  });
}

function withoutRecreated(steps: readonly DeployedStep[], { recreated }: EndpointsRequest): readonly DeployedStep[] {
  return steps.filter(({ message }) => ![...recreated].some((name) => isSameName(name, message)));
}

function blocked(obstacle: Obstacle): EndpointsPlan {
  return { changes: [], obstacles: [obstacle], notes: [] };
}
