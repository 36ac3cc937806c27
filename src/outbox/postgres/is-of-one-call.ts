import { StorageError } from '../storage.error.js';
import { faultOfStatement } from './postgres-fault.js';

/** Whether a group may have failed for one of its calls, so that the others should be tried without it. */
export function isOfOneCall(error: unknown): boolean {
  return (
    error instanceof StorageError && error.code === 'storage-not-stored' && faultOfStatement(error.cause) === 'isolate'
  );
}
