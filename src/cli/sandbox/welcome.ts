import type { EventDefinition } from '../../contract/event-definition.js';
import type { Change } from '../../dataverse/provisioning/change.js';
import { COMPONENT_WORDS } from '../dataverse/component-words.js';
import { declinedInWords } from './declined-in-words.js';
import type { Provisioned } from './provision-emulator.js';

export interface Welcome {
  /** The gateway's address. */
  readonly url: string;
  readonly apiKey: string;
  readonly emulatorUrl: string;
  /** What this start changed in the emulated Dataverse. */
  readonly provisioned: Provisioned;
  /** The settings for commands that use the emulated Dataverse and the gateway's store. */
  readonly settings: Readonly<Record<string, string>>;
  /** The address at which receipts reach the gateway. */
  readonly receiver: string;
  /** The event that the copyable command sends. */
  readonly definition: EventDefinition;
  /** RFC 3339; it makes the example's key unique, so that each start has a new event to send. */
  readonly now: string;
}

/**
 * What a newcomer reads once the sandbox accepts events. Programs read it too: the first line that contains `curl `
 * begins the command, and the first line that does not end in a backslash ends it.
 */
export function welcome(parts: Welcome): string {
  const { url, apiKey, emulatorUrl, provisioned, definition, now } = parts;
  const { slug, name, key } = definition;
  const event = { ...definition.example, [key]: `demo-${now.replace(/\D/g, '').slice(0, 14)}`, occurredAt: now };
  return `
The sandbox is ready: a gateway, and an emulated Dataverse that it delivers to.

  API documentation  ${url}/docs
  API key            ${apiKey}
  Emulated Dataverse ${emulatorUrl}
  Its components     ${inWords(provisioned)}
${declined(parts)}
Send an event:

curl -i -X POST ${url}/v1/events/${slug} \\
  -H 'Authorization: Bearer ${apiKey}' \\
  -H 'Content-Type: application/json' \\
  -d '${quoted(JSON.stringify(event))}'

From a second terminal in this folder:

  npm run gateway -- send ${name} --count 100
  npm run gateway -- events show <id> --attempts

See what the emulated Dataverse received:

  curl -sk ${emulatorUrl}/_emulator/received

Ctrl-C stops it; what was sent is kept in data/sandbox. Attempts to deliver, and Dataverse's confirmations, appear below.
`;
}

function inWords({ done, obstacles, declined }: Provisioned): string {
  const [obstacle] = obstacles;
  if (obstacle !== undefined) return `not as needed: ${obstacle.what}: ${obstacle.why}. ${obstacle.advice}`;
  const so = declined.length === 0 ? '' : '; not all, see below';
  if (done.length === 0) return declined.length === 0 ? 'as the event types need them' : 'not as needed, see below';
  const isTold = ({ action, component }: Change) => action !== 'create' || component === 'custom-api';
  const named = [done.filter(isTold), done.filter(({ component }) => component !== 'step'), done];
  const told = named
    .find(({ length }) => length > 0)
    ?.map(changeInWords)
    .join(', ');
  return `provisioned by this start, as \`dataverse apply\` does: ${told}${so}`;
}

/** A first start creates everything, and names only the custom APIs. Later changes are all named. */
function changeInWords({ action, component, name }: Change): string {
  return action === 'create' ? name : `${action} ${COMPONENT_WORDS[component]} ${name}`;
}

function declined({ provisioned: { declined }, settings, receiver }: Welcome): string {
  if (declined.length === 0) return '';
  const lines = declined.flatMap((recreation) =>
    declinedInWords(recreation, { program: 'npm run gateway --', receiver }),
  );
  const exports = Object.entries(settings).map(([name, value]) => `export ${name}='${quoted(value)}'`);
  return ['', ...lines, 'In a second terminal in this folder, after', ...exports, ''].map(indented).join('\n');
}

function indented(line: string): string {
  return line === '' ? '' : `  ${line}`;
}

/** For a place between single quotes in a shell. */
function quoted(text: string): string {
  return text.replaceAll("'", "'\\''");
}
