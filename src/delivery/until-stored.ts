import type { Timers } from '../kernel/timers.js';
import { StorageError } from '../outbox/storage.error.js';

const AGAIN_AFTER_MS = 1_000;

/**
 * Repeats a write every second for as long as the store rolls it back (full, busy): what was learnt from the target
 * must not be lost because the disk is full. Every other failure, and any after `signal`, goes to the caller.
 */
export async function untilStored<T>(write: () => Promise<T>, timers: Timers, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!wasRolledBack(error) || signal.aborted) throw error;
    }
    await pause(timers, signal);
  }
}

/** Whether a failed call to the store changed nothing, so that it may be made again. */
export function wasRolledBack(error: unknown): boolean {
  return error instanceof StorageError && error.code === 'storage-not-stored';
}

function pause(timers: Timers, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = timers.after(AGAIN_AFTER_MS, end);
    signal.addEventListener('abort', end, { once: true });
    function end(): void {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    }
  });
}
