import type { TableDefinition } from '../table-definition.js';
import { CATALOG_TABLES } from './catalog-tables.js';
import { CUSTOM_API_TABLES } from './custom-api-tables.js';
import { ENTITY_TABLE } from './entity-table.js';
import { IMPORT_JOB_TABLE } from './import-job-table.js';
import { LISTENER_TABLES } from './listener-tables.js';
import { MESSAGE_TABLES } from './message-tables.js';
import { SECURITY_TABLES } from './security-tables.js';
import { SERVICE_ENDPOINT_TABLE } from './service-endpoint-table.js';
import { SOLUTION_TABLES } from './solution-tables.js';
import { STEP_TABLES } from './step-tables.js';

/** Every table that the emulated organization has rows of. */
export const ALL_TABLES: readonly TableDefinition[] = [
  ...SOLUTION_TABLES,
  IMPORT_JOB_TABLE,
  ...CUSTOM_API_TABLES,
  ...CATALOG_TABLES,
  ...MESSAGE_TABLES,
  SERVICE_ENDPOINT_TABLE,
  ...STEP_TABLES,
  ...LISTENER_TABLES,
  ...SECURITY_TABLES,
  ENTITY_TABLE,
];
