import type { RemoteExecutionContext } from './remote-execution-context.js';
import type { Value } from './value.js';

/** Where an event's id may stand, and the text found there. */
export interface EventIdCandidate {
  readonly from: 'tag' | 'EventId';
  readonly value: Value;
}

/**
 * All possible ids of the event: of the context itself, then of the contexts it ran within, as long as those have the
 * same message; another message has its own id. The gateway sends the id twice: as the shared variable `tag`, which
 * even a body that was too large still has, and as the parameter `EventId`. The tag comes first, as the gateway looks
 * for its events; `eventIdOf` uses another order, and says why.
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
