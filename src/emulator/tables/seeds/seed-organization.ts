import { stableGuid } from '../../stable-guid.js';
import type { Tables } from '../tables.js';
import { seedEntities } from './seed-entities.js';
import { seedMessages } from './seed-messages.js';
import { seedRoles } from './seed-roles.js';
import { ACTIVE_SOLUTION_ID, DEFAULT_SOLUTION_ID, ORGANIZATION_ID, ROOT_BUSINESS_UNIT_ID } from './well-known-ids.js';

/** Unique name of the empty solution for business events. */
export const BUSINESS_EVENTS_SOLUTION = 'BusinessEvents';

const ORGANIZATION_NAME = 'emulated';

/** The content of a new environment: publishers, solutions, tables, system messages, roles, the root business unit. */
export function seedOrganization(tables: Tables, publisherPrefix: string): void {
  tables.atomically(() => {
    tables.putRow('organization', {
      organizationid: ORGANIZATION_ID,
      name: ORGANIZATION_NAME,
      friendlyname: 'Emulated organization',
    });
    tables.putRow('businessunit', { businessunitid: ROOT_BUSINESS_UNIT_ID, name: ORGANIZATION_NAME });
    seedSolutions(tables, publisherPrefix);
    seedEntities(tables);
    seedMessages(tables);
    seedRoles(tables);
    return { kind: 'done' };
  });
}

function seedSolutions(tables: Tables, publisherPrefix: string): void {
  const byDefault = publisher(tables, {
    name: `DefaultPublisher${ORGANIZATION_NAME}`,
    prefix: 'new',
    optionValues: 10_000,
  });
  const own = publisher(tables, { name: 'contoso', prefix: publisherPrefix, optionValues: 72_700 });
  solution(tables, { name: 'Default', id: DEFAULT_SOLUTION_ID, publisherId: byDefault });
  solution(tables, { name: 'Active', id: ACTIVE_SOLUTION_ID, publisherId: byDefault, isVisible: false });
  solution(tables, { name: BUSINESS_EVENTS_SOLUTION, id: stableGuid(BUSINESS_EVENTS_SOLUTION), publisherId: own });
}

function publisher(
  tables: Tables,
  given: { readonly name: string; readonly prefix: string; readonly optionValues: number },
): string {
  const publisherid = stableGuid(`publisher ${given.name}`);
  tables.putRow('publisher', {
    publisherid,
    uniquename: given.name,
    friendlyname: given.name,
    customizationprefix: given.prefix,
    customizationoptionvalueprefix: given.optionValues,
  });
  return publisherid;
}

function solution(
  tables: Tables,
  given: { readonly name: string; readonly id: string; readonly publisherId: string; readonly isVisible?: boolean },
): void {
  tables.putRow('solution', {
    solutionid: given.id,
    uniquename: given.name,
    friendlyname: given.name,
    version: '1.0.0.0',
    publisherid: given.publisherId,
    isvisible: given.isVisible ?? true,
  });
}
