import type { EmulatorSettings } from '../emulator-settings.js';

/** How long a job waits after this many postponed tries, in milliseconds; null where it is aborted instead. */
export function nextTryMs(
  tries: number,
  { postponeMs, postponeTries }: Pick<EmulatorSettings, 'postponeMs' | 'postponeTries'>,
): number | null {
  return tries >= postponeTries ? null : postponeMs * 2 ** (tries - 1);
}
