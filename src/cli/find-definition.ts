import type { EventCatalog } from '../contract/event-catalog.js';
import type { EventDefinition } from '../contract/event-definition.js';
import { CommandError } from './command.error.js';
import { ExitCode } from './exit-codes.js';

/** The event type somebody named by its word or by its path: `CustomerPurchase` or `customer-purchase`. */
export function findDefinition(catalog: EventCatalog, name: string): EventDefinition {
  const found = catalog.definitions.find(({ type, slug }) => type === name || slug === name);
  if (found !== undefined) return found;
  const message = `There is no event type ${JSON.stringify(name)}. Known: ${catalog.types.join(', ')}.`;
  throw new CommandError(ExitCode.Usage, message);
}
