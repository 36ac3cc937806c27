import { readFile } from 'node:fs/promises';
import { eventIdOf, isStripped, readContext, toCloudEvent } from 'dataverse-remote-execution-context';

const context = readContext(await readFile('purchase.json', 'utf8'));

console.log(context.messageName, isStripped(context) ? 'without its content' : 'whole');
console.log(eventIdOf(context));
console.log(context.inputParameters?.get('TotalAmount'));
console.log(JSON.stringify(toCloudEvent(context), null, 2));
