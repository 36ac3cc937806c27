import { DATAVERSE_FAULTS, secretRotated } from './dataverse-faults.js';
import type { FaultAction } from './fault-action.js';
import { NETWORK_FAULTS } from './network-faults.js';
import { POSTGRES_FAULTS } from './postgres-faults.js';
import { killAnyTime, killAtPoint, restartInOrder, stall, stallPastLeases } from './process-faults.js';

export const KILLS: readonly FaultAction[] = [killAnyTime, killAtPoint];

/** What a run of seconds has time for. */
export const SHORT_FAULTS: readonly FaultAction[] = [
  ...KILLS,
  restartInOrder,
  ...DATAVERSE_FAULTS,
  ...NETWORK_FAULTS,
  ...POSTGRES_FAULTS,
];

/** With those that take the better part of a minute to get over. */
export const EVERY_FAULT: readonly FaultAction[] = [...SHORT_FAULTS, stall, stallPastLeases, secretRotated];
