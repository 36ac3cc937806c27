import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { SystemClock } from '../kernel/clock.js';
import { type CopyReport, copyStore } from '../outbox/copy-store.js';
import { openStore } from '../outbox/open-store.js';
import { sqliteFile } from '../outbox/sqlite-file.js';
import type { Store } from '../outbox/store.js';
import { StoreUnusableError } from '../outbox/store-unusable.error.js';
import { readStoreSettings } from '../settings/read-settings.js';
import { actingOperator } from './acting-operator.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { commandGroup } from './command-group.js';
import { ExitCode } from './exit-codes.js';
import { showCopying } from './store/show-copying.js';
import { type StoreAddress, storeAddress } from './store/store-address.js';
import { writeJson } from './write-output.js';

/** `store copy <from> <to>`: copies a whole store into an empty one, on either engine; no gateway may run on them. */
export function registerStoreCopy(program: Command, context: CliContext): void {
  commandGroup(program, 'store', 'where events are kept')
    .command('copy')
    .description('Copy a store that no gateway works on into an empty one, such as SQLite into PostgreSQL.')
    .argument('<from>', 'as DATABASE_URL has it, or @<file> that holds it')
    .argument('<to>', 'likewise; a PostgreSQL database is there already, and empty')
    .option('--json', 'answer in JSON: rows by table')
    .action((from: string, to: string, { json }: { json?: true }) => copy(from, to, { json: json === true, context }));
}

async function copy(
  source: string,
  target: string,
  { json, context }: { readonly json: boolean; readonly context: CliContext },
): Promise<void> {
  const [from, to] = [storeAddress('from', source, context), storeAddress('to', target, context)];
  requireStore(from);
  requireTwo(from, to);
  const copied = await withBoth(from, to, context, (stores) => copyAll(stores, { from, json, context }));
  if (json) writeJson(context, copied);
  else context.stdout.write(`${inWords(copied)} are in ${to.shown}. Point DATABASE_URL there and start the gateway.\n`);
}

/** Opening it would create one. */
function requireStore({ databaseUrl, shown }: StoreAddress): void {
  const file = sqliteFile(databaseUrl);
  if (file === null || existsSync(file)) return;
  throw new CommandError(ExitCode.NotFound, `There is no store at ${shown}.`);
}

function requireTwo(from: StoreAddress, to: StoreAddress): void {
  if (placeOf(from) !== placeOf(to)) return;
  throw new CommandError(ExitCode.Usage, '<from> and <to> are the same store: name another one to copy to.');
}

/** One file has many addresses. */
function placeOf({ databaseUrl, shown }: StoreAddress): string {
  const file = sqliteFile(databaseUrl);
  if (file === null) return shown;
  return existsSync(file) ? realpathSync(file) : resolve(file);
}

interface Stores {
  readonly from: Store;
  readonly to: Store;
}

/** Opened as their only owner: a gateway at work on one of them prevents this, and none can start meanwhile. */
async function withBoth<T>(
  source: StoreAddress,
  target: StoreAddress,
  { environment }: CliContext,
  work: (stores: Stores) => Promise<T>,
): Promise<T> {
  const options = { ...readStoreSettings(environment), role: 'owner', alone: true, clock: new SystemClock() } as const;
  const from = await openStore({ ...options, databaseUrl: source.databaseUrl }).catch(refuseInUse);
  try {
    const to = await openStore({ ...options, databaseUrl: target.databaseUrl }).catch(refuseInUse);
    return await work({ from, to }).finally(() => to.close());
  } finally {
    await from.close();
  }
}

/** Somebody is working there: nothing failed, and nothing was done. */
function refuseInUse(error: unknown): never {
  if (!(error instanceof StoreUnusableError && error.code === 'store-in-use')) throw error;
  throw new CommandError(ExitCode.Refused, `${error.message}. Nothing was copied.`);
}

async function copyAll(
  { from, to }: Stores,
  {
    from: source,
    json,
    context,
  }: { readonly from: StoreAddress; readonly json: boolean; readonly context: CliContext },
): Promise<CopyReport> {
  const signal = context.interruption();
  const copying = showCopying(json ? null : context.stderr);
  try {
    const copied = await copyStore({ from, to, signal, progress: copying.advance });
    await to.audit.record({
      by: actingOperator(),
      action: 'store.copy',
      subject: source.shown,
      detail: inWords(copied),
    });
    return copied;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new CommandError(
      ExitCode.Failure,
      'Interrupted. The target holds a part and is of no use: empty it before you copy again. The source is unchanged.',
    );
  } finally {
    copying.end();
  }
}

function inWords({ event, attempt, client }: CopyReport): string {
  return `${event} events, ${attempt} attempts and ${client} clients`;
}
