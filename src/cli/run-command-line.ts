import { Command, CommanderError } from 'commander';
import { ClientRefusedError } from '../access/client-refused.error.js';
import { describeStartFailure } from '../describe-start-failure.js';
import { FolderNotUsableError } from '../emulator/folder-not-usable.error.js';
import { gatewayVersion } from '../operations/version.js';
import { BackupRefusedError } from '../outbox/backup-refused.error.js';
import { CopyRefusedError } from '../outbox/copy-refused.error.js';
import { StorageError } from '../outbox/storage.error.js';
import type { CliContext, RegisterCommand } from './cli-context.js';
import { CommandError } from './command.error.js';
import { isDiskFull } from './disk-full.js';
import { ExitCode } from './exit-codes.js';

/**
 * Runs one command line and tells the exit code; nothing here ends the process. `args` are the words after the
 * program's name.
 */
export async function runCommandLine(
  commands: readonly RegisterCommand[],
  args: readonly string[],
  context: CliContext,
): Promise<ExitCode> {
  const program = new Command('business-events-gateway')
    .description('Carries business events into Microsoft Dataverse.')
    .version(gatewayVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    })
    .showSuggestionAfterError()
    .helpCommand(true);
  for (const register of commands) register(program, context);
  try {
    await program.parseAsync(args, { from: 'user' });
    return ExitCode.Ok;
  } catch (error) {
    return explain(error, context);
  }
}

function explain(error: unknown, context: CliContext): ExitCode {
  // Commander has written the message already. Without arguments it shows its help, which is no success.
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? ExitCode.Ok : ExitCode.Usage;
  }
  const { message, exitCode } = judge(error);
  context.stderr.write(`${message}\n`);
  return exitCode;
}

function judge(error: unknown): { readonly message: string; readonly exitCode: ExitCode } {
  if (error instanceof CommandError) return error;
  if (error instanceof ClientRefusedError) {
    const isUnknown = error.code === 'client-unknown';
    return { message: error.message, exitCode: isUnknown ? ExitCode.NotFound : ExitCode.Refused };
  }
  if (error instanceof BackupRefusedError || error instanceof CopyRefusedError) {
    return { message: error.message, exitCode: REFUSALS.has(error.code) ? ExitCode.Refused : ExitCode.Failure };
  }
  if (isDiskFull(error)) return { message: withoutRoom(error), exitCode: ExitCode.Failure };
  if (error instanceof FolderNotUsableError) return { message: error.message, exitCode: ExitCode.Failure };
  if (error instanceof StorageError) return { message: whatTheStoreDid(error), exitCode: ExitCode.Failure };
  return describeStartFailure(error);
}

/** Nothing was written, because something else exists there or this command cannot write it. */
const REFUSALS: ReadonlySet<string> = new Set([
  'backup-target-exists',
  'backup-not-supported',
  'copy-target-not-empty',
]);

function withoutRoom(error: unknown): string {
  const done = error instanceof StorageError ? `${isDone(error)}: the` : 'The';
  return `${done} disk is full. Make room, then repeat this command.`;
}

function whatTheStoreDid(error: StorageError): string {
  return `${isDone(error)}: ${error.message}.`;
}

function isDone({ code }: StorageError): string {
  return code === 'storage-unknown' ? 'The store did not say whether it was done' : 'Nothing was changed';
}
