import type { Command } from 'commander';
import { attemptResourceOf } from '../ingest/attempt.resource.js';
import { eventResourceOf } from '../ingest/event.resource.js';
import { toRfc3339 } from '../kernel/clock.js';
import { isEventId } from '../kernel/ids.js';
import type { EventRecord } from '../outbox/event-record.js';
import type { AttemptRecord } from '../outbox/settlement.js';
import type { Store } from '../outbox/store.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { commandGroup } from './command-group.js';
import { ExitCode } from './exit-codes.js';
import { withStore } from './with-store.js';
import { writeFacts, writeJson, writeTable } from './write-output.js';

interface Options {
  readonly attempts?: true;
  readonly json?: true;
}

interface Found {
  readonly event: EventRecord;
  readonly attempts: readonly AttemptRecord[];
}

/** `events show <id> [--attempts]`: what became of an event, straight from the store; its content is not shown. */
export function registerEventsShow(program: Command, context: CliContext): void {
  commandGroup(program, 'events', 'what became of events')
    .command('show')
    .description('Show what became of an event.')
    .argument('<id>', 'the id from its receipt')
    .option('--attempts', 'its timeline too')
    .option('--json', 'answer in JSON, as the API does')
    .action((id: string, options: Options) => showEvent(id, options, context));
}

async function showEvent(id: string, options: Options, context: CliContext): Promise<void> {
  const { event, attempts } = await withStore(context, (store) => find(store, id));
  if (options.json) {
    const timeline = options.attempts ? { attempts: attempts.map(attemptResourceOf) } : {};
    return writeJson(context, { ...eventResourceOf(event), ...timeline });
  }
  const { links: _links, data: _data, ...facts } = eventResourceOf(event);
  writeFacts(context, facts);
  if (!options.attempts) return;
  context.stdout.write('\n');
  writeTable(context, ['#', 'STARTED', 'OUTCOME', 'TOOK', 'STATUS', 'CODE', 'NEXT', 'DETAIL'], attempts.map(rowOf));
}

async function find({ outbox }: Store, id: string): Promise<Found> {
  const event = isEventId(id) ? await outbox.find(id) : null;
  if (event === null) throw new CommandError(ExitCode.NotFound, 'There is no such event in this store.');
  return { event, attempts: await outbox.listAttempts(id) };
}

function rowOf(attempt: AttemptRecord): readonly string[] {
  return [
    String(attempt.number),
    toRfc3339(attempt.startedAt),
    attempt.counted ? attempt.outcome : `${attempt.outcome} (given back)`,
    `${attempt.durationMs} ms`,
    attempt.httpStatus === null ? '' : String(attempt.httpStatus),
    attempt.errorCode ?? '',
    attempt.nextAttemptAt === null ? '' : toRfc3339(attempt.nextAttemptAt),
    attempt.detail ?? '',
  ];
}
