import { dirname } from 'node:path';
import { endpointWarnings } from '../../dataverse/provisioning/endpoints/endpoint-warnings.js';
import { sharedAddressWarnings } from '../../dataverse/provisioning/endpoints/shared-address-warnings.js';
import type { WishedEndpoint } from '../../dataverse/provisioning/endpoints/wished-endpoint.js';
import type { InputFault } from '../../kernel/input-fault.js';
import { listOf } from '../../kernel/json-combinators.js';
import { isReadableByOthers, readJsonFile } from '../../settings/json-file.js';
import type { Environment } from '../../settings/read-variables.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { endpointReader } from './endpoint-reader.js';

/** The content of an endpoints file, and what its author should know. */
export interface EndpointsFile {
  readonly endpoints: readonly WishedEndpoint[];
  readonly warnings: readonly string[];
}

/**
 * Reads the file that `--endpoints` names, and the secrets it refers to. Throws a `CommandError` that lists every fault
 * by its place; no message ever contains a secret.
 */
export function readEndpointsFile(
  path: string,
  {
    types,
    environment = process.env,
  }: { readonly types: readonly string[]; readonly environment?: Environment | undefined },
): EndpointsFile {
  const value = parse(path);
  let literals = 0;
  const onLiteral = (): void => {
    literals += 1;
  };
  const read = listOf(endpointReader({ types, environment, folder: dirname(path), onLiteral }));
  const reading = read(value, '');
  if (reading.kind === 'refused') throw unusable(path, reading.faults);
  const faults = repeatedNames(reading.value);
  if (faults.length > 0) throw unusable(path, faults);
  const exposed = literals > 0 && isReadableByOthers(path) ? [exposedWarning(path)] : [];
  const warnings = [...reading.value.flatMap(endpointWarnings), ...sharedAddressWarnings(reading.value)];
  return { endpoints: reading.value, warnings: [...exposed, ...warnings] };
}

function parse(path: string): unknown {
  const file = readJsonFile(path);
  if (file.kind === 'unreadable') {
    throw new CommandError(ExitCode.Usage, `The endpoints file ${path} cannot be read (${file.code}).`);
  }
  if (file.kind === 'unusable') throw unusable(path, file.faults);
  return file.value;
}

function unusable(path: string, faults: readonly InputFault[]): CommandError {
  const lines = faults.map(({ pointer, detail }) => `  ${pointer === '' ? 'It' : pointer} ${detail}`);
  const what = `The endpoints file ${path} is not usable (docs/endpoints.md describes it):`;
  return new CommandError(ExitCode.Usage, `${what}\n${lines.join('\n')}`);
}

/** Dataverse's comparison makes no difference between upper and lower case. */
function repeatedNames(endpoints: readonly WishedEndpoint[]): readonly InputFault[] {
  const names = endpoints.map(({ name }) => name.toLowerCase());
  return names.flatMap((name, index) =>
    names.indexOf(name) < index ? [{ pointer: `/${index}/name`, detail: 'is the name of another endpoint, too' }] : [],
  );
}

function exposedWarning(path: string): string {
  return (
    `The endpoints file ${path} holds secrets and can be read by others on this machine: chmod 600 it, or let it point ` +
    'to them by { "file": ... } or { "environment": ... }.'
  );
}
