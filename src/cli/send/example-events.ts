import type { EventDefinition } from '../../contract/event-definition.js';
import { validateEvent } from '../../contract/validate-event.js';
import { newEventId } from '../../kernel/ids.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';

/** The definition's example as often as asked, each time with a new business key. */
export function exampleEvents(definition: EventDefinition, count: number): Iterable<string> {
  requireUsableKey(definition);
  return repeat(definition, count);
}

/** Made one by one: a million events need no memory. */
function* repeat(definition: EventDefinition, count: number): Generator<string> {
  for (let made = 0; made < count; made += 1) yield exampleOf(definition);
}

function exampleOf({ example, key, fields }: EventDefinition): string {
  const field = fields.find(({ name }) => name === key);
  const longest = field?.kind === 'text' ? field.maxLength : Number.POSITIVE_INFINITY;
  const fresh = newEventId().replaceAll('-', '');
  // The end of a UUIDv7 is its random part.
  return JSON.stringify({ ...example, [key]: fresh.slice(-Math.min(fresh.length, longest)) });
}

/** A key whose pattern only the business can meet cannot be invented here. */
function requireUsableKey(definition: EventDefinition): void {
  if (validateEvent(definition, JSON.parse(exampleOf(definition))).length === 0) return;
  const message = `${definition.type} has keys that cannot be made up (${definition.key}): give events with --file.`;
  throw new CommandError(ExitCode.Usage, message);
}
