import type { Command } from 'commander';
import { attemptListResourceOf } from '../ingest/attempt-list.resource.js';
import { eventResourceOf } from '../ingest/event.resource.js';
import { isEventId } from '../kernel/ids.js';
import type { EventRecord } from '../outbox/event-record.js';
import type { ReceiptRecord } from '../outbox/receipt.js';
import type { AttemptRecord } from '../outbox/settlement.js';
import type { Store } from '../outbox/store.js';
import type { CliContext } from './cli-context.js';
import { commandGroup } from './command-group.js';
import { type ContentGone, contentGone, goneInWords } from './events/content-gone.js';
import { noSuchEvent } from './events/no-such-event.js';
import { TIMELINE_HEADINGS, timelineRows } from './events/timeline-rows.js';
import { withStore } from './with-store.js';
import { writeFacts, writeJson, writeTable } from './write-output.js';

interface Options {
  readonly attempts?: true;
  readonly json?: true;
}

interface Found {
  readonly event: EventRecord;
  readonly attempts: readonly AttemptRecord[];
  readonly receipts: readonly ReceiptRecord[];
  readonly gone: ContentGone | null;
}

/** `events show <id> [--attempts]`: what became of an event, straight from the store; its content is not shown. */
export function registerEventsShow(program: Command, context: CliContext): void {
  commandGroup(program, 'events', 'what became of events')
    .command('show')
    .description('Show what became of an event.')
    .argument('<id>', 'the id it was accepted with')
    .option('--attempts', 'its timeline too: what was tried, and what Dataverse told of it')
    .option('--json', 'answer in JSON, as the API does, and why content is gone')
    .action((id: string, options: Options) => showEvent(id, options, context));
}

async function showEvent(id: string, options: Options, context: CliContext): Promise<void> {
  const { event, attempts, receipts, gone } = await withStore(context, (store, shown) => find(store, id, shown));
  if (options.json) {
    const timeline = options.attempts ? attemptListResourceOf(attempts, receipts) : {};
    return writeJson(context, { ...eventResourceOf(event), contentGone: gone, ...timeline });
  }
  const { links: _links, data: _data, ...facts } = eventResourceOf(event);
  writeFacts(context, gone === null ? facts : { ...facts, content: goneInWords(gone) });
  if (!options.attempts) return;
  context.stdout.write('\n');
  writeTable(context, TIMELINE_HEADINGS, timelineRows(attempts, receipts));
}

async function find({ outbox, receipts, audit }: Store, id: string, shown: string): Promise<Found> {
  const event = isEventId(id) ? await outbox.find(id) : null;
  if (event === null) throw noSuchEvent(shown);
  return {
    event,
    attempts: await outbox.listAttempts(id),
    receipts: await receipts.listReceipts(id),
    gone: await contentGone(audit, event),
  };
}
