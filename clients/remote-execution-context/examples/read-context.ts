import { readFile } from 'node:fs/promises';
import { eventIdOf, readContext, toCloudEvent } from 'dataverse-remote-execution-context';

const context = readContext(await readFile('purchase.json', 'utf8'));

console.log(context.messageName, eventIdOf(context));
for (const [name, value] of context.inputParameters ?? []) console.log(name, value);
console.log(toCloudEvent(context));
