import type { RemoteExecutionContext } from './remote-execution-context.js';
import type { Value } from './value.js';

/** Where an event's id may stand, and what stands there. */
export interface EventIdCandidate {
  readonly from: 'tag' | 'EventId';
  readonly value: Value;
}

/**
 * All that may be the id of the event, of the context itself and then of those it ran within, as long as they are of its
 * message: what another message began has its own id. The gateway sends the id twice, as the shared variable `tag`, which
 * a body too large to be sent still has, and as the parameter `EventId`. The tag comes first, as the gateway looks for its
 * events; `eventIdOf` takes them otherwise, and says why.
 */
export function eventIdsOf(context: RemoteExecutionContext): readonly EventIdCandidate[] {
  const candidates: EventIdCandidate[] = [];
  let within: RemoteExecutionContext | null = context;
  while (within !== null && within.messageName === context.messageName) {
    const { sharedVariables, inputParameters, parentContext }: RemoteExecutionContext = within;
    candidates.push({ from: 'tag', value: sharedVariables.get('tag') ?? null });
    candidates.push({ from: 'EventId', value: inputParameters?.get('EventId') ?? null });
    within = parentContext;
  }
  return candidates.filter(({ value }) => value !== null);
}
