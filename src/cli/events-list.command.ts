import type { Command } from 'commander';
import { cursorOf, readCursor } from '../http/cursor.js';
import { DEFAULT_PAGE_LIMIT, readPageLimit } from '../http/page-limit.js';
import { eventResourceOf } from '../ingest/event.resource.js';
import { eventPageResourceOf } from '../ingest/event-page.resource.js';
import { fillPage } from '../ingest/fill-page.js';
import { toRfc3339 } from '../kernel/clock.js';
import type { EventFilter, EventPage, EventPageRequest, ListedEvent } from '../outbox/event-query.js';
import type { Outbox } from '../outbox/outbox.js';
import type { CliContext } from './cli-context.js';
import { commandGroup } from './command-group.js';
import { filterOf, withFilterOptions } from './events/filter-options.js';
import { unknownType } from './events/unknown-type.js';
import { readOption } from './read-option.js';
import { withStore } from './with-store.js';
import { writeJson, writeJsonLine, writeRows, writeTable } from './write-output.js';

interface Options extends EventFilter {
  readonly limit: number;
  readonly cursor?: number;
  readonly all?: true;
  readonly json?: true;
}

/** `events list`: the events that fit a filter, the newest first; their content is not shown. */
export function registerEventsList(program: Command, context: CliContext): void {
  const command = commandGroup(program, 'events', 'what became of events').command('list');
  withFilterOptions(command.description('List the events that fit everything given, the newest first.'))
    .option('--limit <n>', 'how many at most', readOption(readPageLimit), DEFAULT_PAGE_LIMIT)
    .option('--cursor <cursor>', 'where the list before ended', readOption(readCursor))
    .option('--all', 'to the end, however many; with --json an event a line')
    .option('--json', 'answer in JSON, as the API does')
    .action((options: Options) => listEvents(options, context));
}

const HEADINGS = ['ID', 'TYPE', 'STATUS', 'REASON', 'KEY', 'CLIENT', 'SOURCE', 'ACCEPTED', 'ATTEMPTS'];

async function listEvents(
  { limit, cursor: given, all, json, ...options }: Options,
  context: CliContext,
): Promise<void> {
  const [filter, cursor] = [filterOf(options), given ?? null];
  if (all) return listAll({ filter, cursor, limit: PAGE_OF_ALL }, json === true, context);
  const page = await withStore(context, async ({ outbox }) => {
    const read = await readPage(outbox, { filter, cursor, limit });
    if (read.events.length === 0) await tellNothingFits(context, outbox, filter);
    return read;
  });
  if (json) writeJson(context, eventPageResourceOf(page));
  else writeTable(context, HEADINGS, page.events.map(rowOf));
  if (page.next !== null) context.stderr.write(`There are more: --cursor ${cursorOf(page.next)}, or --all\n`);
}

/** Page by page, so that a store of any size can be listed. */
async function listAll(request: EventPageRequest, json: boolean, context: CliContext): Promise<void> {
  await withStore(context, async ({ outbox }) => {
    let { cursor } = request;
    let headings = [HEADINGS];
    let count = 0;
    do {
      const { events, next } = await readPage(outbox, { ...request, cursor });
      if (json) for (const event of events) writeJsonLine(context, eventResourceOf(event));
      else writeRows(context, [...headings, ...events.map(rowOf)]);
      headings = [];
      count += events.length;
      cursor = next;
    } while (cursor !== null);
    if (count === 0) await tellNothingFits(context, outbox, request.filter);
  });
}

/** A line of headings alone, or nothing at all, could be taken for a fault; a mistyped type for good news. */
async function tellNothingFits(context: CliContext, outbox: Outbox, { type }: EventFilter): Promise<void> {
  context.stderr.write(`${(await unknownType(context, outbox, type)) ?? 'No event fits.'}\n`);
}

/** So many events of a long list are read at once. */
const PAGE_OF_ALL = 200;

function readPage(outbox: Outbox, request: EventPageRequest): Promise<EventPage> {
  return fillPage(outbox, request, Number.POSITIVE_INFINITY);
}

function rowOf(event: ListedEvent): readonly string[] {
  const { id, type, status, reason, key, client, source, acceptedAt, attemptCount } = event;
  return [id, type, status, reason ?? '', key, client, source, toRfc3339(acceptedAt), String(attemptCount)];
}
