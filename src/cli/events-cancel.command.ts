import type { Command } from 'commander';
import type { EventRecord } from '../outbox/event-record.js';
import { CANCELLABLE } from '../outbox/status-rules.js';
import { actingOperator } from './acting-operator.js';
import type { CliContext } from './cli-context.js';
import { commandGroup } from './command-group.js';
import { actOnEvent } from './events/act-on-event.js';
import { reasonOption } from './reason-option.js';

interface Options {
  readonly reason?: string;
  readonly yes?: true;
  readonly json?: true;
}

const WARNING = {
  text: 'ends here for good: it is never sent',
  isPossible: ({ status }: EventRecord) => CANCELLABLE.has(status),
};

/** `events cancel <id>`: a pending or dead event ends here, and what it held back goes on. */
export function registerEventsCancel(program: Command, context: CliContext): void {
  commandGroup(program, 'events', 'what became of events')
    .command('cancel')
    .description('End a pending or dead event: it is never sent again, and what it held back goes on.')
    .argument('<id>', 'the id it was accepted with')
    .addOption(reasonOption())
    .option('--yes', 'do not ask')
    .option('--json', 'answer in JSON, as the API does')
    .action((id: string, { reason, yes, json }: Options) =>
      actOnEvent(context, {
        id,
        json: json === true,
        refusal: 'cancelled',
        ...(yes ? {} : { warning: WARNING }),
        act: (actions) => actions.cancel(id, { by: actingOperator(), reason: reason ?? null }),
      }),
    );
}
