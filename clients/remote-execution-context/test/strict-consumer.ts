// Compiled against the installed package with every strict flag: what consumers write has to compile, and mistakes must not.
import {
  decimalOf,
  type Entity,
  eventIdOf,
  isStripped,
  MalformedContextError,
  ofKind,
  type RemoteExecutionContext,
  readContext,
  saysStripped,
  toCloudEvent,
  type Value,
  writeContext,
} from 'dataverse-remote-execution-context';

const text = process.argv[2] ?? '';
const context: RemoteExecutionContext = readContext(text);
const target: Value | undefined = context.inputParameters?.get('Target');
const total: string | null = decimalOf(context.inputParameters?.get('TotalAmount'));
const properties: { [key: string]: number | boolean | string | Date | null } | undefined = undefined;
const image: Entity | undefined = context.postEntityImages?.get('image');

// @ts-expect-error -- null where Dataverse removed it for size
context.inputParameters.get('EventId');
// @ts-expect-error -- a value may be anything
const unchecked: string = context.sharedVariables.get('tag');
// @ts-expect-error -- what was received is not changed
context.messageName = 'contoso_Other';
// @ts-expect-error -- an amount is no number
const amount: number = total;

const told = {
  id: eventIdOf(context),
  total,
  isStripped: isStripped(context, { 'content-type': 'application/json' }),
  says: saysStripped(new Headers()) || saysStripped(properties),
  cloudEvent: toCloudEvent(context, { decimals: ['Quantity'] }).data,
  isSame: writeContext(readContext(writeContext(context))) === writeContext(context),
  state: image?.entityState ?? null,
  referenced: ofKind(target, 'EntityReference')?.logicalName ?? null,
  occurredAt: ofKind(context.inputParameters?.get('OccurredAt'), 'DateTime')?.epochMs ?? null,
};
try {
  readContext('[]');
} catch (error) {
  if (error instanceof MalformedContextError) process.stdout.write(JSON.stringify({ ...told, pointer: error.pointer }));
}

export { amount, unchecked };
