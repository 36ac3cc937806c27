import type { Command } from 'commander';
import type { EventRecord } from '../outbox/event-record.js';
import { ERASABLE } from '../outbox/status-rules.js';
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
  text: 'loses its content for good',
  isPossible: ({ status, data }: EventRecord) => ERASABLE.has(status) && data !== null,
};

/** `events erase <id>`: the content of an event that has ended is gone for good; id, key and fingerprint stay. */
export function registerEventsErase(program: Command, context: CliContext): void {
  commandGroup(program, 'events', 'what became of events')
    .command('erase')
    .description('Erase the content of an event that has ended, for good. What Dataverse holds of it stays there.')
    .argument('<id>', 'the id it was accepted with')
    .addOption(reasonOption())
    .option('--yes', 'do not ask')
    .option('--json', 'answer in JSON, as the API does')
    .action((id: string, { reason, yes, json }: Options) =>
      actOnEvent(context, {
        id,
        json: json === true,
        refusal: 'erased: cancel it first, or wait for its end',
        ...(yes ? {} : { warning: WARNING }),
        act: (actions) => actions.erase(id, { by: actingOperator(), reason: reason ?? null }),
      }),
    );
}
