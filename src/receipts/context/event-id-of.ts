import type { RemoteExecutionContext } from './remote-execution-context.js';
import type { Value } from './value.js';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of the event, the same however often Dataverse raises it and however often it is posted: what consumers drop
 * repeats by. The gateway sends it twice: as the parameter `EventId`, and as the shared variable `tag`, which a body too
 * large to be sent still has. Anybody may choose a tag for other ends, so it counts last, and only as a GUID. Null where there is none.
 */
export function eventIdOf(context: RemoteExecutionContext): string | null {
  return (
    alongParents(context, ({ inputParameters }) => textOf(inputParameters?.get('EventId'))) ??
    alongParents(context, ({ sharedVariables }) => guidOf(sharedVariables.get('tag')))
  );
}

/** What is found first: in the context itself, or in the nearest it ran within. */
function alongParents(
  context: RemoteExecutionContext,
  find: (context: RemoteExecutionContext) => string | null,
): string | null {
  const found = find(context);
  if (found !== null || context.parentContext === null) return found;
  return alongParents(context.parentContext, find);
}

function textOf(value: Value | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function guidOf(value: Value | undefined): string | null {
  return typeof value === 'string' && GUID.test(value) ? value : null;
}
