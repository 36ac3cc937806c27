import type { Command } from 'commander';
import { readCursor } from '../http/cursor.js';
import type { EventFilter } from '../outbox/event-query.js';
import { actingOperator } from './acting-operator.js';
import type { CliContext } from './cli-context.js';
import { CommandError } from './command.error.js';
import { commandGroup } from './command-group.js';
import { actOnEvent } from './events/act-on-event.js';
import { filterOf, withFilterOptions } from './events/filter-options.js';
import { replayByFilter } from './events/replay-by-filter.js';
import { ExitCode } from './exit-codes.js';
import { readOption } from './read-option.js';
import { reasonOption } from './reason-option.js';

interface Options extends EventFilter {
  readonly force?: true;
  readonly reason?: string;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly after?: number;
  readonly json?: true;
}

/** `events replay <id>`, or by filter: events are delivered anew, under the same ids. */
export function registerEventsReplay(program: Command, context: CliContext): void {
  const command = commandGroup(program, 'events', 'what became of events').command('replay');
  withFilterOptions(command.description('Deliver dead events anew: one, or all that fit everything given.'))
    .argument('[id]', 'the id it was accepted with; without it the options say which events')
    .option('--force', 'delivered events too: each reaches Dataverse again')
    .addOption(reasonOption())
    .option('--dry-run', 'only tell how many events it would be')
    .option('--yes', 'do not ask')
    .option('--after <cursor>', 'where a replay that was cut off goes on', readOption(readCursor))
    .option('--json', 'answer in JSON, as the API does')
    .action((id: string | undefined, options: Options) => replay(id, options, context));
}

async function replay(id: string | undefined, options: Options, context: CliContext): Promise<void> {
  const filter = filterOf(options);
  const { force = false, reason = null, json = false } = options;
  const by = actingOperator();
  if (id === undefined) {
    const { dryRun = false, yes = false, after = 0 } = options;
    return replayByFilter(context, { filter, force, reason, by, dryRun, yes, after, json });
  }
  if (Object.keys(filter).length > 0 || options.dryRun || options.after !== undefined) {
    throw new CommandError(ExitCode.Usage, 'Give an id, or options that say which events: not both.');
  }
  const unless = force ? '' : '; --force replays delivered ones';
  const act: Parameters<typeof actOnEvent>[1]['act'] = (actions) => actions.replay(id, { force, reason, by });
  return actOnEvent(context, { id, json, refusal: `replayed${unless}`, act });
}
