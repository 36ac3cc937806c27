import { isIssuer } from '../setting-formats.js';
import { PATH, TEXT, TextSetting } from '../setting-words.js';

/** Who may call, beside the API keys that are kept in the store. */
export class AccessVariables {
  @TextSetting({
    example: 'https://login.microsoftonline.com/<tenant>/v2.0',
    notYet: true,
    expectation: 'an https URL without query',
    accepts: isIssuer,
    about: 'The issuer of tokens that are accepted beside API keys.',
  })
  readonly OIDC_ISSUER!: string | null;

  @TextSetting({
    ...TEXT,
    example: 'api://business-events-gateway',
    notYet: true,
    about: 'The audience those tokens must have been issued for.',
  })
  readonly OIDC_AUDIENCE!: string | null;

  @TextSetting({
    ...PATH,
    example: '/run/secrets/hook-auth.json',
    notYet: true,
    about: 'A file that says how Dataverse authenticates at /hooks/dataverse.',
  })
  readonly HOOK_AUTH_FILE!: string | null;
}
