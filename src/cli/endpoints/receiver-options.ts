import type { Command } from 'commander';
import {
  RECEIVER_PATH,
  receiverAddress,
  receiverEndpoint,
} from '../../dataverse/provisioning/endpoints/own-receiver.js';
import type { WishedEndpoint } from '../../dataverse/provisioning/endpoints/wished-endpoint.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { hookAuthentication } from './hook-authentication.js';

/** The options for the gateway's own receiver. */
export interface ReceiverOptions {
  readonly receiver?: string;
  readonly receiverName?: string;
}

export function addReceiverOptions(command: Command): Command {
  return command
    .option(
      '--receiver <url>',
      "the gateway's public address: Dataverse confirms there which events it raised, as HOOK_AUTH_FILE says",
    )
    .option('--receiver-name <word>', "tells this gateway's receiver from those of others in the same environment");
}

/** The gateway's own receiver, or null without the option. Throws `CommandError` or `SettingsError`. */
export function wishedReceiver(
  { receiver, receiverName }: ReceiverOptions,
  context: CliContext,
): WishedEndpoint | null {
  if (receiver === undefined) {
    if (receiverName === undefined) return null;
    throw new CommandError(
      ExitCode.Usage,
      '--receiver-name is about the receiver of --receiver <url>: give that, too.',
    );
  }
  const url = receiverAddress(receiver);
  if (url === null) throw new CommandError(ExitCode.Usage, UNUSABLE);
  const authentication = hookAuthentication(context);
  if (!url.endsWith(RECEIVER_PATH)) context.stderr.write(ANOTHER_PATH);
  return receiverEndpoint({ url, gateway: wordOf(receiverName), authentication });
}

/** Not quoted: somebody may have typed a key here by mistake. */
const UNUSABLE =
  '--receiver must be an https address on port 443 or an http address on port 80, for Dataverse calls no other: the ' +
  `gateway's public origin such as https://events.contoso.com (${RECEIVER_PATH} is put behind it), or the whole address ` +
  'where a proxy gives it another path; without credentials, query and fragment.';

const ANOTHER_PATH = `The gateway takes receipts at ${RECEIVER_PATH}: something in front of it has to lead the path of --receiver there.\n`;

function wordOf(name: string | undefined): string | null {
  if (name === undefined) return null;
  if (/^[\w.-]{1,50}$/.test(name)) return name;
  throw new CommandError(
    ExitCode.Usage,
    '--receiver-name must be 1 to 50 letters, digits, dots, dashes or underscores, such as test.',
  );
}
