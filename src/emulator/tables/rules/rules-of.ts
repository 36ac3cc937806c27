import { CATALOG_ASSIGNMENT_RULES, CATALOG_RULES } from './catalog-rules.js';
import { CUSTOM_API_PART_RULES } from './custom-api-part-rules.js';
import { CUSTOM_API_RULES } from './custom-api-rules.js';
import { SERVICE_ENDPOINT_RULES } from './service-endpoint-rules.js';
import { PUBLISHER_RULES, SOLUTION_RULES } from './solution-rules.js';
import { STEP_IMAGE_RULES, STEP_RULES } from './step-rules.js';
import type { TableRules } from './table-rules.js';
import { ROLE_RULES, USER_RULES } from './user-rules.js';

const RULES: Readonly<Record<string, TableRules>> = {
  publisher: PUBLISHER_RULES,
  solution: SOLUTION_RULES,
  customapi: CUSTOM_API_RULES,
  customapirequestparameter: CUSTOM_API_PART_RULES,
  customapiresponseproperty: CUSTOM_API_PART_RULES,
  catalog: CATALOG_RULES,
  catalogassignment: CATALOG_ASSIGNMENT_RULES,
  serviceendpoint: SERVICE_ENDPOINT_RULES,
  sdkmessageprocessingstep: STEP_RULES,
  sdkmessageprocessingstepimage: STEP_IMAGE_RULES,
  systemuser: USER_RULES,
  role: ROLE_RULES,
};

/** The rules of a table; most have none but those of their definition. */
export function rulesOf(logicalName: string): TableRules {
  return RULES[logicalName] ?? {};
}
