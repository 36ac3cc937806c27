import { setTimeout as wait } from 'node:timers/promises';
import { ServiceBusClient, type ServiceBusReceivedMessage } from '@azure/service-bus';
import { settlementOf } from './settlement-of.js';
import { Totals } from './totals.js';

const connectionString = process.env.SERVICE_BUS_CONNECTION_STRING ?? '';
if (connectionString === '') throw new Error('SERVICE_BUS_CONNECTION_STRING is missing: a key with the right Listen');
const queue = process.env.SERVICE_BUS_QUEUE ?? 'purchases';
const pauseMs = Number(process.env.PAUSE_MS ?? 5000);

const totals = new Totals(process.env.TOTALS_FILE ?? 'totals.db');
const client = new ServiceBusClient(connectionString);
// As bytes, for the SDK would read numbers as JavaScript does, and round them. Locks are not renewed: a row takes
// milliseconds, and a pause less than a lock.
const receiver = client.createReceiver(queue, {
  receiveMode: 'peekLock',
  skipParsingBodyAsJson: true,
  maxAutoLockRenewalDurationInMs: 0,
});

receiver.subscribe(
  { processMessage: settle, processError: async ({ error }) => warn(error.message) },
  { autoCompleteMessages: false, maxConcurrentCalls: 1 },
);
process.stdout.write(`listening on ${queue}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);

/** What is not settled, for whatever reason, comes again, and is a repeat then. */
async function settle(message: ServiceBusReceivedMessage): Promise<void> {
  const settlement = settlementOf(Buffer.from(message.body).toString(), totals);
  if (settlement.kind === 'complete') return receiver.completeMessage(message);
  if (settlement.kind === 'dead-letter') {
    warn(settlement.because);
    const reason = { deadLetterReason: 'not a purchase', deadLetterErrorDescription: settlement.because };
    return receiver.deadLetterMessage(message, reason);
  }
  // At once it would come ten times in a moment, and then be dead.
  await wait(pauseMs);
  return receiver.abandonMessage(message);
}

function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Waits for nothing: a message under way comes again to the next one that listens. */
function stop(): void {
  totals.close();
  process.exit();
}
