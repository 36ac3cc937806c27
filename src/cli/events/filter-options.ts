import type { Command } from 'commander';
import { EVENT_FILTER_READERS } from '../../ingest/event-filter-readers.js';
import type { EventFilter } from '../../outbox/event-query.js';
import { readOption } from '../read-option.js';

const OPTIONS: Readonly<Record<keyof typeof EVENT_FILTER_READERS, { readonly flags: string; readonly about: string }>> =
  {
    type: { flags: '--type <type>', about: 'of this event type, such as CustomerPurchase' },
    status: { flags: '--status <status>', about: 'in this status' },
    key: { flags: '--key <key>', about: 'with this idempotency key' },
    orderingKey: { flags: '--ordering-key <key>', about: 'with this ordering key' },
    source: { flags: '--source <source>', about: 'from this source' },
    client: { flags: '--client <name>', about: 'sent by this client' },
    from: { flags: '--from <instant>', about: 'accepted at this instant or later, such as 2026-11-22T10:00:00Z' },
    to: { flags: '--to <instant>', about: 'accepted before this instant' },
  };

/** Gives a command the options that select events; together they narrow the selection. */
export function withFilterOptions(command: Command): Command {
  for (const name of Object.keys(OPTIONS) as (keyof typeof OPTIONS)[]) {
    const { flags, about } = OPTIONS[name];
    command.option(flags, about, readOption<unknown>(EVENT_FILTER_READERS[name]));
  }
  return command
    .option('--blocking', 'dead ones that hold back those behind them in their ordering key')
    .option('--overdue', 'delivered ones whose receipt did not come in time');
}

/** The members of a command's options that belong to the filter. */
export function filterOf(options: EventFilter): EventFilter {
  const names = [...Object.keys(OPTIONS), 'blocking', 'overdue'];
  return Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name)));
}
