import { IMPORT_SOLUTION, IMPORT_SOLUTION_ASYNC } from '../../solutions/import-operations.js';
import { ADD_PRIVILEGES_ROLE } from './add-privileges.js';
import { ADD_SOLUTION_COMPONENT } from './add-solution-component.js';
import type { PlatformOperation } from './platform-operation.js';
import { PRIVILEGE_FUNCTIONS } from './privilege-functions.js';
import { RETRIEVE_VERSION } from './retrieve-version.js';
import { WHO_AM_I } from './who-am-i.js';

/** Every function and action of the platform that is emulated. */
export const ALL_OPERATIONS: readonly PlatformOperation[] = [
  WHO_AM_I,
  RETRIEVE_VERSION,
  ...PRIVILEGE_FUNCTIONS,
  ADD_PRIVILEGES_ROLE,
  ADD_SOLUTION_COMPONENT,
  IMPORT_SOLUTION,
  IMPORT_SOLUTION_ASYNC,
];
