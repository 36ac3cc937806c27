import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import { customApiFor } from './custom-api.js';
import type { EventDefinition } from './event-definition.js';

/**
 * Tells whether two processes hold the same definition of a type, as far as Dataverse is concerned: it covers the
 * custom API and the place in the catalog. 16 hexadecimal digits.
 */
export function definitionFingerprint(definition: EventDefinition): string {
  const deployed = { customApi: customApiFor(definition, ''), catalog: definition.catalog };
  return createHash('sha256').update(canonicalJson(deployed)).digest('hex').slice(0, 16);
}
