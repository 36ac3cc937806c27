import { IntegerSetting, PATH, TEXT, TextSetting } from '../setting-words.js';

/** How receipts from Dataverse reach the gateway. */
export class ReceiptsVariables {
  @TextSetting({
    ...PATH,
    example: '/run/secrets/hook-auth.json',
    about:
      'A JSON file that says how Dataverse authenticates at /hooks/dataverse. Not set: no receipts come over HTTP. ' +
      'docs/receipts.md.',
  })
  readonly HOOK_AUTH_FILE!: string | null;

  @IntegerSetting({
    default: 900,
    min: 1,
    max: 604_800,
    unit: 'seconds',
    about: 'How long after its delivery an event may go without a receipt before it is overdue.',
  })
  readonly RECEIPT_DEADLINE_SECONDS!: number;

  @TextSetting({
    secret: true,
    expectation:
      'a connection string such as Endpoint=sb://<namespace>.servicebus.windows.net/;SharedAccessKeyName=...;SharedAccessKey=...',
    accepts: isConnectionString,
    about:
      'The Service Bus namespace receipts come from, with a key that may listen. Goes with a queue, or a topic and its subscription.',
  })
  readonly SERVICE_BUS_CONNECTION_STRING!: string | null;

  @TextSetting({ ...TEXT, example: 'receipts', about: "The queue Dataverse's steps post to." })
  readonly SERVICE_BUS_QUEUE!: string | null;

  @TextSetting({ ...TEXT, example: 'events', about: "Or the topic Dataverse's steps post to." })
  readonly SERVICE_BUS_TOPIC!: string | null;

  @TextSetting({ ...TEXT, example: 'gateway', about: "And the gateway's own subscription of that topic." })
  readonly SERVICE_BUS_SUBSCRIPTION!: string | null;
}

/** It must contain a key or a token: Entra's identities come with an address alone. */
function isConnectionString(text: string): boolean {
  const names = new Set(text.split(';').map((part) => part.slice(0, part.indexOf('=')).trim().toLowerCase()));
  const hasKey = names.has('sharedaccesskeyname') && names.has('sharedaccesskey');
  return /(^|;)\s*Endpoint=sb:\/\/[^;/\s]+/i.test(text) && (hasKey || names.has('sharedaccesssignature'));
}
