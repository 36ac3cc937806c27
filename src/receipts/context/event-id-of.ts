import type { RemoteExecutionContext } from './remote-execution-context.js';
import type { Value } from './value.js';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of the event, the same however often Dataverse raises it and however often it is posted: what consumers drop
 * repeats by. The gateway sends it twice: as the parameter `EventId`, and as the shared variable `tag`, which a body too
 * large to be sent still has. Anybody may choose a tag for other ends, so it counts last, and only as a GUID. Null where
 * there is none.
 */
export function eventIdOf(context: RemoteExecutionContext): string | null {
  const contexts = sameRequest(context);
  return (
    firstOf(contexts, ({ inputParameters }) => textOf(inputParameters?.get('EventId'))) ??
    firstOf(contexts, ({ sharedVariables }) => guidOf(sharedVariables.get('tag')))
  );
}

/** The context and those it ran within, as long as they are of its message: what another began has its own id. */
function sameRequest(context: RemoteExecutionContext): readonly RemoteExecutionContext[] {
  const contexts = [context];
  let { parentContext } = context;
  while (parentContext !== null && parentContext.messageName === context.messageName) {
    contexts.push(parentContext);
    parentContext = parentContext.parentContext;
  }
  return contexts;
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

function textOf(value: Value | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function guidOf(value: Value | undefined): string | null {
  return typeof value === 'string' && GUID.test(value) ? value : null;
}
