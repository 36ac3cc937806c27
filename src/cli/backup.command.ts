import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { messageOf } from '../kernel/message-of.js';
import { backupStore } from '../outbox/backup-store.js';
import { StorageError } from '../outbox/storage.error.js';
import { StoreUnusableError } from '../outbox/store-unusable.error.js';
import { actingOperator } from './acting-operator.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { ExitCode } from './exit-codes.js';
import { findStore } from './find-store.js';
import { showProgress } from './progress.js';
import { withStore } from './with-store.js';
import { writeJson } from './write-output.js';

const MEBIBYTE = 1024 * 1024;

/** `backup <file>`: the store at one instant, in one file, beside a running gateway or without one. */
export function registerBackup(program: Command, context: CliContext): void {
  program
    .command('backup')
    .description('Copy the store into one new file, beside a running gateway or without one (SQLite).')
    .argument('<file>', 'a file that is not there yet, in a folder that is')
    .option('--json', 'answer in JSON: { file, bytes }')
    .action((file: string, { json }: { json?: true }) => backup(resolve(file), json === true, context));
}

async function backup(target: string, json: boolean, context: CliContext): Promise<void> {
  const { databaseUrl } = findStore(context, false);
  if (!existsSync(dirname(target))) {
    throw new CommandError(ExitCode.Failure, `There is no folder ${dirname(target)}: make it, or name another one.`);
  }
  const progress = showProgress(100, json ? null : context.stderr);
  let shown = 0;
  const show = ({ copiedBytes, totalBytes }: { readonly copiedBytes: number; readonly totalBytes: number }) => {
    const percent = totalBytes === 0 ? 100 : Math.floor((copiedBytes / totalBytes) * 100);
    progress.advance(percent - shown);
    shown = percent;
  };
  const bytes = await backupStore({ databaseUrl, target, progress: show }).finally(progress.end);
  const deed = { by: actingOperator(), action: 'store.backup', subject: target, detail: `${bytes} bytes` } as const;
  await withStore(context, ({ audit }) => audit.record(deed)).catch((error: unknown) => tellUnnoted(error, context));
  if (json) writeJson(context, { file: target, bytes });
  else context.stdout.write(`${target} holds the store, ${(bytes / MEBIBYTE).toFixed(1)} MiB.\n`);
}

/** The disk of the store may be full, which is when a backup elsewhere is wanted most: it is whole without its line in the audit. */
function tellUnnoted(error: unknown, { stderr }: CliContext): void {
  if (!(error instanceof StoreUnusableError || error instanceof StorageError)) throw error;
  stderr.write(`The backup is whole, and not noted in the audit: ${messageOf(error)}.\n`);
}
