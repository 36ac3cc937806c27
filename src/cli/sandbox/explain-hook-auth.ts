import { SettingsError } from '../../settings/settings.error.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';

/**
 * What to do about the sandbox's own HOOK_AUTH_FILE, which the person who starts it did not set; any other error
 * unchanged.
 */
export function explainHookAuth(error: unknown, path: string): unknown {
  if (!(error instanceof SettingsError) || error.faults.some(({ name }) => name !== 'HOOK_AUTH_FILE')) return error;
  const faults = error.faults.map(({ name, detail }) => `  ${name} ${detail}`);
  return new CommandError(
    ExitCode.Usage,
    [
      `The sandbox cannot use ${path}, which says how its emulated Dataverse proves who calls:`,
      ...faults,
      'Delete that file: the next start makes a new one. Or mend it: docs/receipts.md describes it.',
    ].join('\n'),
  );
}
