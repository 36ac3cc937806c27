import type { Change, Obstacle } from '../change.js';
import { compareStep, unwishedSteps } from './compare-step.js';
import type { DeployedEndpoint } from './deployed-endpoint.js';
import { managedStep, takenStep } from './endpoint-obstacles.js';
import { planUnwished } from './plan-unwished.js';
import { createStep, updateStep } from './step-changes.js';
import type { WishedStep } from './wished-step.js';

/** The changes of one endpoint's steps. */
export interface StepsPlan {
  readonly changes: readonly Change[];
  readonly obstacles: readonly Obstacle[];
  readonly notes: readonly string[];
}

interface StepsRequest {
  readonly wished: readonly WishedStep[];
  readonly endpoint: DeployedEndpoint;
  readonly prune: boolean;
  /** Whether a message belongs to one of the event types that are planned. */
  readonly isCarried: (message: string) => boolean;
  /** Whether there are other event types beside those: then nothing is said about steps on other messages. */
  readonly narrowed: boolean;
}

export function planSteps({ wished, endpoint, prune, isCarried, narrowed }: StepsRequest): StepsPlan {
  const due = wished.map((step) => planStep(step, endpoint));
  const { ours } = unwishedSteps(endpoint, wished);
  const unwished = planUnwished(
    ours.filter(({ message }) => isCarried(message)),
    prune,
  );
  const elsewhere = narrowed ? [] : ours.filter(({ message }) => !isCarried(message));
  return {
    changes: [...due.flatMap(({ change }) => change ?? []), ...unwished.changes],
    obstacles: due.flatMap(({ obstacle }) => obstacle ?? []),
    notes: [...unwished.notes, ...elsewhere.map(({ name }) => elsewhereNote(name))],
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

/** Another gateway may have an endpoint of the same name in this environment, and so the same ids: they look alike. */
function elsewhereNote(name: string): string {
  return (
    `The step '${name}' is made as those of this gateway are, and carries no event of its own: --prune leaves it. ` +
    'Delete it by hand if no other gateway wishes it'
  );
}
