import { authSettingsOf, MAX_AUTH_VALUE } from '../../dataverse/provisioning/endpoints/auth-settings.js';
import type { SecretPair, WebhookAuthentication } from '../../dataverse/provisioning/endpoints/wished-endpoint.js';
import { Secret } from '../../dataverse/secret.js';
import { readHookAuth } from '../../settings/hook-auth.js';
import type { HookAuth, HookSecret } from '../../settings/hook-auth-way.js';
import { SettingsError } from '../../settings/settings.error.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';

/**
 * How Dataverse is told to authenticate at the gateway: the first of the ways that HOOK_AUTH_FILE lists, for a rotation
 * puts the new one first. Throws `CommandError` or `SettingsError`; neither ever holds a secret.
 */
export function hookAuthentication({ environment = process.env, stderr }: CliContext): WebhookAuthentication {
  const { hookAuth, faults, warnings } = readHookAuth(environment.HOOK_AUTH_FILE || null, environment);
  if (faults.length > 0) throw new SettingsError(faults);
  const way = hookAuth?.[0];
  if (way === undefined) throw new CommandError(ExitCode.Usage, NOT_SET);
  for (const { name, detail } of warnings) stderr.write(`${name} ${detail}.\n`);
  const authentication = authenticationOf(way);
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

function authenticationOf(way: HookAuth): WebhookAuthentication {
  switch (way.kind) {
    case 'http-header':
      return { kind: way.kind, headers: way.headers.map(pairOf) };
    case 'webhook-key':
      return { kind: way.kind, key: new Secret(way.key) };
    case 'query-string':
      return { kind: way.kind, parameters: way.parameters.map(pairOf) };
    case 'anonymous':
      return way;
  }
}

function pairOf({ name, value }: HookSecret): SecretPair {
  return { name, value: new Secret(value) };
}
