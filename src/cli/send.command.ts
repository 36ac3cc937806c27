import { type Command, InvalidArgumentError } from 'commander';
import type { EventDefinition } from '../contract/event-definition.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { ExitCode } from './exit-codes.js';
import { findDefinition } from './find-definition.js';
import { loadCatalog } from './load-catalog.js';
import { type Progress, showProgress } from './progress.js';
import { describeSummary } from './send/describe-summary.js';
import { exampleEvents } from './send/example-events.js';
import { findGateway } from './send/find-gateway.js';
import { readEventsFile } from './send/read-events-file.js';
import { sendEvents } from './send/send-events.js';
import type { Summary } from './send/tally.js';
import { tellWait } from './tell-wait.js';
import { writeJson } from './write-output.js';

/** A gateway that restarts is back in seconds: six tries take eight. */
const PATIENCE = { tries: 6, backoffMs: 250 };

interface Options {
  readonly file?: string;
  readonly count?: number;
  readonly rate?: number;
  readonly url?: string;
  readonly keyFile?: string;
  readonly json?: true;
}

interface Batch {
  readonly bodies: Iterable<string>;
  readonly total: number;
}

/** `send <event>`: sends events over HTTP to a running gateway, as a till would, and sums up what became of them. */
export function registerSend(program: Command, context: CliContext): void {
  program
    .command('send')
    .description("Send events to a running gateway: the type's example with fresh keys, or those of a file.")
    .argument('<event>', 'the event type, such as CustomerPurchase or customer-purchase')
    .option('--file <file>', 'events to send: a JSON object, an array, or JSON lines')
    .option('--count <n>', 'how often to send the example (1)', parseCount)
    .option('--rate <r>', 'how many a second; without it as fast as answers come', parseRate)
    .option('--url <url>', "the gateway's address; without it the sandbox of this folder")
    .option('--key-file <file>', 'a file that holds the API key; - for standard input')
    .option('--json', 'sum up in JSON')
    .action((event: string, options: Options) => send(event, options, context));
}

async function send(event: string, options: Options, context: CliContext): Promise<void> {
  const { catalog } = await loadCatalog(context);
  const definition = findDefinition(catalog, event);
  const { bodies, total } = batchOf(definition, options);
  const { url, apiKey } = await findGateway(options.url, options.keyFile);
  const progress = showProgress(total, options.json ? null : context.stderr);
  const summary = await sendEvents({
    bodies,
    endpoint: {
      url: `${url}/v1/events/${definition.slug}`,
      apiKey,
      signal: context.interruption(),
      ...PATIENCE,
      onWait: tellWait({ write: (line) => writeBeside(progress, context, line) }, 'The gateway'),
    },
    rate: options.rate ?? null,
    onProgress: () => progress.advance(),
  });
  progress.end();
  if (options.json) writeJson(context, { event: definition.type, ...summary });
  else context.stdout.write(describeSummary(summary));
  requireSuccess(summary, total);
}

function writeBeside(progress: Progress, { stderr }: CliContext, line: string): void {
  progress.clear();
  stderr.write(line);
}

function batchOf(definition: EventDefinition, { file, count }: Options): Batch {
  if (file === undefined) return { bodies: exampleEvents(definition, count ?? 1), total: count ?? 1 };
  if (count !== undefined) throw new CommandError(ExitCode.Usage, 'Give --file or --count: a file is sent once.');
  const events = readEventsFile(file);
  return { bodies: events, total: events.length };
}

/** A script must notice that an event was not accepted, apart from the summary. */
function requireSuccess({ sent, refused, unanswered, lastFailure }: Summary, total: number): void {
  if (refused > 0) throw new CommandError(ExitCode.Refused, `${refused} of ${sent} events were refused: not stored.`);
  if (unanswered > 0) {
    const advice = 'send the same file again: what was stored is recognised by its key';
    throw new CommandError(
      ExitCode.Failure,
      `${unanswered} of ${sent} events are not known to be stored (last: ${lastFailure}); ${advice}.`,
    );
  }
  if (sent < total) throw new CommandError(ExitCode.Failure, `Interrupted: ${total - sent} events were not sent.`);
}

function parseCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number above 0.');
}

function parseRate(text: string): number {
  if (/^\d{1,6}(\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('It is a number of events a second, above 0.');
}
