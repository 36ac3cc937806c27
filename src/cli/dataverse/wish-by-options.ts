import type { Command } from 'commander';
import type { EventDefinition } from '../../contract/event-definition.js';
import { WishedStateError } from '../../dataverse/provisioning/wished/wished-state.error.js';
import type { WishedState } from '../../dataverse/provisioning/wished/wished-state.js';
import { wishedStateFor } from '../../dataverse/provisioning/wished/wished-state-for.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';

/** What a command line chooses beside the definitions. */
export interface WishOptions {
  /** False: none is needed; absent: the one that somebody chose. */
  readonly executePrivilege?: string | false;
}

/** Adds the options about the wished state to a command. */
export function addWishOptions(command: Command): Command {
  return command
    .option('--execute-privilege <name>', 'an existing privilege that callers of the custom APIs need')
    .option('--no-execute-privilege', 'callers need no privilege; without either option an existing choice stays');
}

/** The state that definitions and options wish. Throws `CommandError` where the definitions cannot be provisioned. */
export function wishByOptions(
  definitions: readonly EventDefinition[],
  { executePrivilege }: WishOptions,
  place: { readonly prefix: string; readonly solution: string | null },
): WishedState {
  if (typeof executePrivilege === 'string' && executePrivilege.trim() === '') {
    throw new CommandError(
      ExitCode.Usage,
      '--execute-privilege names no privilege: give one such as prvReadAccount, or say --no-execute-privilege.',
    );
  }
  const choice =
    executePrivilege === undefined
      ? {}
      : { executePrivilege: executePrivilege === false ? null : executePrivilege.trim() };
  try {
    return wishedStateFor(definitions, { ...place, ...choice });
  } catch (error) {
    if (error instanceof WishedStateError) throw new CommandError(ExitCode.Usage, error.message);
    throw error;
  }
}
