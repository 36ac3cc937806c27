import type { Credential } from './gateway-settings.js';
import type { SettingFault } from './settings.error.js';
import { readTextFile } from './text-file.js';
import type { DataverseVariables } from './variables/dataverse-variables.js';

const KINDS = [
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_USE_MANAGED_IDENTITY',
] as const;

/**
 * Faults of the AZURE_ settings taken together: there must be exactly one kind of credential, with everything it needs.
 */
export function credentialFaults(variables: DataverseVariables, given: ReadonlySet<string>): readonly SettingFault[] {
  const flag: unknown = variables.AZURE_USE_MANAGED_IDENTITY;
  const kinds = KINDS.filter((name) => given.has(name) && (name !== 'AZURE_USE_MANAGED_IDENTITY' || flag === true));
  const [first, ...others] = kinds;
  // A flag that is neither true nor false was reported already.
  if (first === undefined && typeof flag !== 'boolean') return [];
  if (first === undefined) {
    const detail = `is not set, and neither is ${KINDS.slice(1).join(' nor ')}: set exactly one`;
    return [{ name: KINDS[0], detail }, ...ownerFaults(variables, given)];
  }
  const tooMany = others.map((name) => ({ name, detail: `is set, and so is ${first}: only one of them may be` }));
  return [...tooMany, ...ownerFaults(variables, given), ...fileFaults(variables)];
}

/** Makes the credential, once `credentialFaults` found nothing. */
export function credentialOf(variables: DataverseVariables): Credential {
  const secret = variables.AZURE_CLIENT_SECRET;
  if (secret !== null) return { kind: 'secret', clientSecret: secret };
  const certificate = variables.AZURE_CLIENT_CERTIFICATE_PATH;
  if (certificate !== null) return { kind: 'certificate', path: certificate };
  const token = variables.AZURE_FEDERATED_TOKEN_FILE;
  if (token !== null) return { kind: 'federated', tokenPath: token };
  return { kind: 'managed-identity' };
}

function ownerFaults(variables: DataverseVariables, given: ReadonlySet<string>): readonly SettingFault[] {
  if (variables.AZURE_USE_MANAGED_IDENTITY) return [];
  return (['AZURE_TENANT_ID', 'AZURE_CLIENT_ID'] as const)
    .filter((name) => !given.has(name))
    .map((name) => ({ name, detail: 'is required with a client secret, a certificate or a federated token' }));
}

function fileFaults(variables: DataverseVariables): readonly SettingFault[] {
  const certificate = unreadable('AZURE_CLIENT_CERTIFICATE_PATH', variables.AZURE_CLIENT_CERTIFICATE_PATH);
  const token = unreadable('AZURE_FEDERATED_TOKEN_FILE', variables.AZURE_FEDERATED_TOKEN_FILE);
  return [...certificate, ...token];
}

function unreadable(name: string, path: string | null): readonly SettingFault[] {
  if (path === null) return [];
  const file = readTextFile(path);
  if (file.kind === 'unreadable') return [{ name, detail: `names a file that cannot be read (${file.code})` }];
  if (name !== 'AZURE_CLIENT_CERTIFICATE_PATH') return [];
  const complete =
    /-----BEGIN CERTIFICATE-----/.test(file.text) && /-----BEGIN ([A-Z]+ )?PRIVATE KEY-----/.test(file.text);
  return complete ? [] : [{ name, detail: 'must name a PEM file with both a certificate and a private key' }];
}
