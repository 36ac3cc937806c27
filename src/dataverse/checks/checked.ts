import type { DataverseConnection } from '../dataverse-connection.js';
import type { Wait } from '../repeat/patience.js';
import type { CheckStep } from './check-step.js';

/** What is checked, and the listener for each finished step. */
export interface Checked {
  readonly connection: DataverseConnection;
  /** Unique names of the custom APIs that have to be callable. */
  readonly customApis: readonly string[];
  /** Whether receipts should reach the gateway over HTTP. */
  readonly expectsReceipts: boolean;
  readonly signal: AbortSignal;
  readonly report: (step: CheckStep) => void;
  /** Told of each wait as it begins. */
  readonly onWait: (wait: Wait) => void;
}
