import type { Command } from 'commander';
import { ProblemError } from '../http/problem.error.js';
import { RetentionAge } from '../ingest/retention-age.js';
import { countByDay } from '../ingest/summary/count-by-day.js';
import { type SummaryRow, sumOf } from '../ingest/summary/running-count.js';
import { eventSummaryResourceOf } from '../ingest/summary/summary.resource.js';
import { SUMMARY_READERS } from '../ingest/summary/summary-readers.js';
import { type SummaryParameters, type SummaryRequest, summaryRequest } from '../ingest/summary/summary-request.js';
import { readRetentionDays } from '../settings/read-settings.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { commandGroup } from './command-group.js';
import { unknownType } from './events/unknown-type.js';
import { ExitCode } from './exit-codes.js';
import { readOption } from './read-option.js';
import { withStore } from './with-store.js';
import { writeJson, writeTable } from './write-output.js';

interface Options extends SummaryParameters {
  readonly json?: true;
}

/** `events summary`: how many events were sent, and what became of them, by day, client, source and type. */
export function registerEventsSummary(program: Command, context: CliContext): void {
  const { from, to, timeZone, type, source, client } = SUMMARY_READERS;
  commandGroup(program, 'events', 'what became of events')
    .command('summary')
    .description('Count what became of events, by day, client, source and type.')
    .option(
      '--from <day>',
      'accepted on this day, or at this instant, or later; six days before today',
      readOption(from),
    )
    .option('--to <day>', 'accepted before this day begins, or before this instant; now', readOption(to))
    .option('--time-zone <name>', 'whose days are meant, such as Europe/Berlin; UTC', readOption(timeZone))
    .option('--type <type>', 'of this event type, such as CustomerPurchase', readOption(type))
    .option('--source <source>', 'from this source', readOption(source))
    .option('--client <name>', 'sent by this client', readOption(client))
    .option('--json', 'answer in JSON, as the API does')
    .action((options: Options) => summarizeEvents(options, context));
}

const HEADINGS = [
  'DAY',
  'CLIENT',
  'SOURCE',
  'TYPE',
  'ACCEPTED',
  'PENDING',
  'DELIVERED',
  'CONFIRMED',
  'DEAD',
  'CANCELLED',
];

/** No bound on a command's count: it works beside the gateway, and the person who started it can stop it. */
const LIMITS = { events: Number.POSITIVE_INFINITY, rows: Number.POSITIVE_INFINITY };

async function summarizeEvents({ json, ...parameters }: Options, context: CliContext): Promise<void> {
  await withStore(context, async ({ outbox, clock }) => {
    const now = clock.now();
    const request = requestOf(parameters, now);
    const rows = await countByDay(request, { outbox, limits: LIMITS, step: (work) => work() });
    const summary = eventSummaryResourceOf(
      request,
      rows,
      now - new RetentionAge(readRetentionDays(context.environment)).ms,
    );
    const warning = rows.length === 0 ? await unknownType(context, outbox, parameters.type) : null;
    if (warning !== null) context.stderr.write(`${warning}\n`);
    if (json) return writeJson(context, summary);
    writeTable(context, HEADINGS, [...rows.map(cellsOf), cellsOf(totalOf(rows))]);
    if (summary.completeFrom === summary.from) return;
    context.stderr.write(`Retention may have removed events accepted before ${summary.completeFrom}: not counted\n`);
  });
}

function requestOf(parameters: SummaryParameters, now: number): SummaryRequest {
  try {
    return summaryRequest(parameters, now);
  } catch (error) {
    if (error instanceof ProblemError) throw new CommandError(ExitCode.Usage, error.message);
    throw error;
  }
}

function totalOf(rows: readonly SummaryRow[]): SummaryRow {
  return { day: 'total', client: '', source: '', type: '', ...sumOf(rows) };
}

function cellsOf({ day, client, source, type, ...counts }: SummaryRow): readonly string[] {
  const { accepted, pending, delivered, confirmed, dead, cancelled } = counts;
  return [day, client, source, type, ...[accepted, pending, delivered, confirmed, dead, cancelled].map(String)];
}
