import { isEntraName, isHttpsOrigin, isProxy, isPublisherPrefix } from '../setting-formats.js';
import { FlagSetting, PATH, TEXT, TextSetting } from '../setting-words.js';

const ENTRA_NAME = { accepts: isEntraName };

/** Where events go, and as whom. */
export class DataverseVariables {
  @TextSetting({
    example: 'https://org.crm.dynamics.com',
    expectation: 'an https address without a path, such as https://org.crm.dynamics.com',
    accepts: isHttpsOrigin,
    about: 'The Dataverse environment. Required to serve.',
  })
  readonly DATAVERSE_URL!: string | null;

  @TextSetting({
    default: 'v9.2',
    expectation: 'a Web API version such as v9.2',
    accepts: (text) => /^v\d{1,2}\.\d{1,2}$/.test(text),
    about: 'The version of the Web API to call.',
  })
  readonly DATAVERSE_API_VERSION!: string;

  @TextSetting({
    default: 'contoso',
    expectation: '2 to 8 lower-case letters and digits, first a letter, not beginning with mscrm',
    accepts: isPublisherPrefix,
    about: "The publisher's customization prefix: custom APIs are named <prefix>_<event>.",
  })
  readonly DATAVERSE_PUBLISHER_PREFIX!: string;

  @TextSetting({
    example: 'BusinessEvents',
    expectation: "a solution's unique name: letters, digits and underscores, at most 65",
    accepts: (text) => /^[A-Za-z_]\w{0,64}$/.test(text),
    about:
      'The solution that custom APIs and catalogs are put into by `dataverse apply`; without it the default solution.',
  })
  readonly DATAVERSE_SOLUTION!: string | null;

  @TextSetting({
    ...ENTRA_NAME,
    example: '00000000-0000-0000-0000-000000000000',
    expectation: "a tenant's id or domain",
    about: 'The Entra tenant of the application users. Required unless only a managed identity is used.',
  })
  readonly AZURE_TENANT_ID!: string | null;

  @TextSetting({
    ...ENTRA_NAME,
    example: '00000000-0000-0000-0000-000000000000',
    expectation: "an application's (client) id",
    about: 'The application user that sends. With a managed identity: which one, if there are several.',
  })
  readonly AZURE_CLIENT_ID!: string | null;

  @TextSetting({
    ...TEXT,
    secret: true,
    about: 'Its client secret: one of the four kinds of credential, of which exactly one is set.',
  })
  readonly AZURE_CLIENT_SECRET!: string | null;

  @TextSetting({
    ...PATH,
    example: '/run/secrets/client.pem',
    about: 'Or a PEM file that holds its certificate and private key.',
  })
  readonly AZURE_CLIENT_CERTIFICATE_PATH!: string | null;

  @TextSetting({
    ...PATH,
    example: '/var/run/secrets/azure/tokens/azure-identity-token',
    about: 'Or a file that holds a federated token, read anew at each use (workload identity).',
  })
  readonly AZURE_FEDERATED_TOKEN_FILE!: string | null;

  @FlagSetting({ default: false, about: "Or the Azure machine's managed identity." })
  readonly AZURE_USE_MANAGED_IDENTITY!: boolean;

  @TextSetting({
    default: 'https://login.microsoftonline.com',
    expectation: 'an https address without a path',
    accepts: isHttpsOrigin,
    about: 'Where tokens come from; sovereign clouds have their own.',
  })
  readonly AZURE_AUTHORITY_HOST!: string;

  @TextSetting({
    accepts: () => true,
    secret: true,
    example: '/run/secrets/application-users.json',
    expectation: 'the path of a JSON file',
    about:
      'More application users, each with service protection limits of its own: the path of a file that holds ' +
      '[{ "clientId": "...", "clientSecret": "..." }]; a value that begins with [ is that JSON itself.',
  })
  readonly DATAVERSE_APPLICATION_USERS!: string | null;

  @TextSetting({
    accepts: isProxy,
    secret: true,
    example: 'http://proxy.example.com:8080',
    expectation: 'an http address without a path, such as http://proxy.example.com:8080',
    about: 'A proxy to tunnel through to Dataverse, Entra and OIDC_ISSUER.',
  })
  readonly HTTPS_PROXY!: string | null;

  @TextSetting({
    ...TEXT,
    example: 'localhost,.internal.example.com',
    expectation: 'host names, separated by commas',
    about: 'Hosts the proxy is not for.',
  })
  readonly NO_PROXY!: string | null;
}
