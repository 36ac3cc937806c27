import type { Change, Obstacle } from '../change.js';
import { compareStep, unwishedSteps } from './compare-step.js';
import type { DeployedEndpoint } from './deployed-endpoint.js';
import { managedStep, takenStep } from './endpoint-obstacles.js';
import { createStep, deleteStep, updateStep } from './step-changes.js';
import type { WishedStep } from './wished-step.js';

/** What there is to do for the steps of one endpoint. */
export interface StepsPlan {
  readonly changes: readonly Change[];
  readonly obstacles: readonly Obstacle[];
  readonly notes: readonly string[];
}

interface StepsRequest {
  readonly wished: readonly WishedStep[];
  readonly endpoint: DeployedEndpoint;
  readonly prune: boolean;
  /** Whether it is known what is wished of a message. */
  readonly isKnown: (message: string) => boolean;
}

export function planSteps({ wished, endpoint, prune, isKnown }: StepsRequest): StepsPlan {
  const due = wished.map((step) => planStep(step, endpoint));
  const unwished = unwishedSteps(endpoint, wished).filter(({ message }) => isKnown(message));
  return {
    changes: [...due.flatMap(({ change }) => change ?? []), ...(prune ? unwished.map(deleteStep) : [])],
    obstacles: due.flatMap(({ obstacle }) => obstacle ?? []),
    notes: prune ? [] : unwished.map(({ name }) => unwishedNote(name)),
  };
}

function planStep(wished: WishedStep, endpoint: DeployedEndpoint): { change?: Change; obstacle?: Obstacle } {
  const verdict = compareStep(wished, endpoint);
  switch (verdict.kind) {
    case 'missing':
      return { change: createStep(wished, endpoint.id) };
    case 'taken':
      return { obstacle: takenStep(wished, verdict.by) };
    case 'there': {
      const { deployed, differences } = verdict;
      if (differences.length === 0) return {};
      if (deployed.isManaged) return { obstacle: managedStep(wished, differences) };
      return { change: updateStep(wished, { id: deployed.id, endpointId: endpoint.id, differences }) };
    }
  }
}

/** What is said of a step that was made as ours are, and that nothing wishes any more. */
function unwishedNote(name: string): string {
  return `The step '${name}' is there, and the endpoints file does not wish it. It goes on carrying events; --prune deletes it.`;
}
