/** An error code of Entra's token endpoint in words. */
export interface EntraCode {
  readonly meaning: string;
  readonly advice: string;
}

const NEW_SECRET = 'Make a new one under the app registration, Certificates & secrets, and set it.';

/** Source: learn.microsoft.com, Microsoft Entra authentication and authorization error codes. */
export const ENTRA_CODES: ReadonlyMap<string, EntraCode> = new Map<string, EntraCode>([
  [
    'AADSTS7000215',
    {
      meaning: 'the client secret is wrong',
      advice: `AZURE_CLIENT_SECRET takes the secret's value, not its id. ${NEW_SECRET}`,
    },
  ],
  ['AADSTS7000222', { meaning: 'the client secret has expired', advice: NEW_SECRET }],
  [
    'AADSTS700016',
    {
      meaning: 'the tenant knows no such application',
      advice: 'Compare AZURE_CLIENT_ID with the Application (client) ID of the app registration, and AZURE_TENANT_ID.',
    },
  ],
  [
    'AADSTS90002',
    { meaning: 'there is no such tenant', advice: "AZURE_TENANT_ID takes the directory's id, or one of its domains." },
  ],
  [
    'AADSTS900023',
    {
      meaning: 'the tenant is neither an id nor a domain',
      advice: "AZURE_TENANT_ID takes the directory's id, or one of its domains.",
    },
  ],
  [
    'AADSTS700027',
    {
      meaning: 'the certificate is not the one registered, or the signature is not made by its key',
      advice:
        'Upload the certificate of AZURE_CLIENT_CERTIFICATE_PATH under Certificates & secrets, or set the right one.',
    },
  ],
  [
    'AADSTS700024',
    {
      meaning: 'the client assertion is outside of its time',
      advice: "Set this machine's clock; a federated token may also be stale.",
    },
  ],
  [
    'AADSTS70021',
    {
      meaning: 'no federated credential fits the token',
      advice: 'Compare issuer, subject and audience under the app registration, Federated credentials.',
    },
  ],
  [
    'AADSTS700213',
    {
      meaning: "no federated credential fits the token's subject",
      advice: 'Compare the subject under the app registration, Federated credentials.',
    },
  ],
  [
    'AADSTS7000112',
    {
      meaning: 'the application is disabled in this tenant',
      advice: 'Let an administrator enable its enterprise application.',
    },
  ],
  [
    'AADSTS500011',
    {
      meaning: 'the tenant does not know this environment',
      advice: 'Compare DATAVERSE_URL: it has to be the address of an environment of this tenant.',
    },
  ],
  [
    'AADSTS53003',
    {
      meaning: 'a conditional access policy blocks it',
      advice: "Let an administrator look at the application's sign-in log, and except the application or this address.",
    },
  ],
  [
    'AADSTS1002016',
    { meaning: 'the connection is by a TLS version that is no longer taken', advice: 'Look at the proxy in between.' },
  ],
]);
