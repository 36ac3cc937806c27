import { authSettingsOf, MAX_AUTH_VALUE } from '../../dataverse/provisioning/endpoints/auth-settings.js';
import type { WebhookAuthentication } from '../../dataverse/provisioning/endpoints/wished-endpoint.js';
import { readHookAuthWays } from '../../settings/read-settings.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { webhookAuthentication } from './webhook-authentication.js';

/**
 * How Dataverse has to authenticate at the gateway: the first way in HOOK_AUTH_FILE, for a rotation puts the new one
 * first. Throws `CommandError` or `SettingsError`; neither ever contains a secret.
 */
export function hookAuthentication({ environment, stderr }: CliContext): WebhookAuthentication {
  const { hookAuth, warnings } = readHookAuthWays(environment);
  const way = hookAuth?.[0];
  if (way === undefined) throw new CommandError(ExitCode.Usage, NOT_SET);
  for (const { name, detail } of warnings) stderr.write(`${name} ${detail}.\n`);
  const authentication = webhookAuthentication(way);
  const { length } = authSettingsOf(authentication).authvalue.reveal();
  if (length <= MAX_AUTH_VALUE) return authentication;
  throw new CommandError(
    ExitCode.Usage,
    `The first way of HOOK_AUTH_FILE comes to ${length} characters as Dataverse keeps it, of at most ${MAX_AUTH_VALUE}: ` +
      'take shorter or fewer secrets.',
  );
}

const NOT_SET =
  '--receiver tells Dataverse how to authenticate at the gateway, and HOOK_AUTH_FILE is not set. Let it name the file that ' +
  'the gateway has there, such as { "kind": "http-header", "headers": { "x-hook-key": { "environment": "HOOK_KEY" } } }; ' +
  'docs/receipts.md describes it.';
