import { isIssuer } from '../setting-formats.js';
import { IntegerSetting, TEXT, TextSetting } from '../setting-words.js';

/** Who may call, beside the API keys that are kept in the store. */
export class AccessVariables {
  @TextSetting({
    example: 'https://login.microsoftonline.com/<tenant>/v2.0',
    expectation: 'an https URL without query, of one tenant: not of common, organizations or consumers',
    accepts: isIssuer,
    about: 'The issuer of tokens that are accepted beside API keys, exactly as their iss claim has it. docs/access.md.',
  })
  readonly OIDC_ISSUER!: string | null;

  @TextSetting({
    ...TEXT,
    example: 'api://business-events-gateway',
    about: 'The audience those tokens must have been issued for, exactly as their aud claim has it.',
  })
  readonly OIDC_AUDIENCE!: string | null;

  @IntegerSetting({
    min: 1,
    max: 1_000_000,
    unit: 'events and requests per second',
    example: '200',
    about:
      'What a client may send that has no rate of its own (clients rate), per gateway process. Not set: any number.',
  })
  readonly CLIENT_RATE!: number | null;
}
