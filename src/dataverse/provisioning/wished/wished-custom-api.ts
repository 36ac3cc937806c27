import { customApiFor } from '../../../contract/custom-api.js';
import type { EventDefinition } from '../../../contract/event-definition.js';
import { wishedCatalogsOf } from './wished-catalogs.js';
import type { WishedCustomApi } from './wished-state.js';

export interface WishedCustomApiOptions {
  readonly prefix: string;
  /** See `WishedCustomApi.executePrivilege`. */
  readonly executePrivilege?: string | null;
}

/** The custom API of one event type; conflicts with other types are not looked at here. */
export function wishedCustomApi(
  definition: EventDefinition,
  { prefix, ...choices }: WishedCustomApiOptions,
): WishedCustomApi {
  return {
    type: definition.type,
    api: customApiFor(definition, prefix),
    category: wishedCatalogsOf(definition, prefix).category.uniqueName,
    ...choices,
  };
}
