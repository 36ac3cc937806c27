import type { Command } from 'commander';
import { cursorOf, readCursor } from '../http/cursor.js';
import { DEFAULT_PAGE_LIMIT, readPageLimit } from '../http/page-limit.js';
import { eventPageResourceOf } from '../ingest/event-page.resource.js';
import { fillPage } from '../ingest/fill-page.js';
import { toRfc3339 } from '../kernel/clock.js';
import type { EventFilter, ListedEvent } from '../outbox/event-query.js';
import type { CliContext } from './cli-context.js';
import { commandGroup } from './command-group.js';
import { filterOf, withFilterOptions } from './events/filter-options.js';
import { readOption } from './read-option.js';
import { withStore } from './with-store.js';
import { writeJson, writeTable } from './write-output.js';

interface Options extends EventFilter {
  readonly limit: number;
  readonly cursor?: number;
  readonly json?: true;
}

/** `events list`: the events that fit a filter, the newest first; their content is not shown. */
export function registerEventsList(program: Command, context: CliContext): void {
  const command = commandGroup(program, 'events', 'what became of events').command('list');
  withFilterOptions(command.description('List the events that fit everything given, the newest first.'))
    .option('--limit <n>', 'how many at most', readOption(readPageLimit), DEFAULT_PAGE_LIMIT)
    .option('--cursor <cursor>', 'where the list before ended', readOption(readCursor))
    .option('--json', 'answer in JSON, as the API does')
    .action((options: Options) => listEvents(options, context));
}

async function listEvents({ limit, cursor, json, ...options }: Options, context: CliContext): Promise<void> {
  const request = { filter: filterOf(options), cursor: cursor ?? null, limit };
  const page = await withStore(context, ({ outbox }) => fillPage(outbox, request, Number.POSITIVE_INFINITY));
  if (json) return writeJson(context, eventPageResourceOf(page));
  const headings = ['ID', 'TYPE', 'STATUS', 'REASON', 'KEY', 'CLIENT', 'SOURCE', 'ACCEPTED', 'ATTEMPTS'];
  writeTable(context, headings, page.events.map(rowOf));
  if (page.next !== null) context.stderr.write(`There are more: --cursor ${cursorOf(page.next)}\n`);
}

function rowOf(event: ListedEvent): readonly string[] {
  const { id, type, status, reason, key, client, source, acceptedAt, attemptCount } = event;
  return [id, type, status, reason ?? '', key, client, source, toRfc3339(acceptedAt), String(attemptCount)];
}
