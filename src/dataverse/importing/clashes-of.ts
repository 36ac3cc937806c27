import { customApiFor } from '../../contract/custom-api.js';
import type { EventDefinition } from '../../contract/event-definition.js';
import { WishedStateError } from '../provisioning/wished/wished-state.error.js';
import { wishedStateFor } from '../provisioning/wished/wished-state-for.js';
import type { RegisteredApi } from './registered-api.js';
import type { Remark } from './remark.js';

/**
 * Faults of an imported definition that would keep all event types from being provisioned: they are provisioned
 * together.
 */
export function clashesOf(
  { uniqueName: about }: RegisteredApi,
  definition: EventDefinition,
  { known, prefix }: { readonly known: readonly EventDefinition[]; readonly prefix: string },
): readonly Remark[] {
  const { uniqueName } = customApiFor(definition, prefix);
  // An event type that already has this name or custom API: the import replaces it, or is blocked by it.
  const others = known.filter(
    (other) => other.type !== definition.type && customApiFor(other, prefix).uniqueName !== uniqueName,
  );
  const before = new Set(faultsOf(others, prefix));
  return faultsOf([...others, definition], prefix)
    .filter((fault) => !before.has(fault))
    .map((fault) => ({
      about,
      what: fault.replace(/\.$/, ''),
      why: 'With such a definition `plan`, `apply`, `verify` and `export` refuse all event types, and the gateway verifies none.',
      advice: 'Another place in the catalogs is chosen by --catalog <root> --category <category>.',
    }));
}

function faultsOf(definitions: readonly EventDefinition[], prefix: string): readonly string[] {
  try {
    wishedStateFor(definitions, { prefix, solution: null });
    return [];
  } catch (error) {
    if (error instanceof WishedStateError) return error.faults;
    throw error;
  }
}
