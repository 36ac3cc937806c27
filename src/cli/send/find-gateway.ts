import { readFileSync } from 'node:fs';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { readConnection, SANDBOX_FOLDER } from '../sandbox/sandbox-connection.js';

export interface GatewayAddress {
  /** Without a slash at the end. */
  readonly url: string;
  readonly apiKey: string;
}

/**
 * The gateway that was named, or the sandbox that was started in this folder. The sandbox's key is sent to the sandbox
 * alone. Keys come from files or standard input, never from the command line, which every user of a machine can read.
 */
export async function findGateway(url: string | undefined, keyFile: string | undefined): Promise<GatewayAddress> {
  if (url === undefined && keyFile === undefined) return sandbox();
  if (keyFile === undefined) throw refused('--url needs --key-file, a file with the API key (- for standard input)');
  const apiKey = readKey(keyFile);
  const address = url ?? (await sandbox()).url;
  if (!/^https?:$/.test(URL.parse(address)?.protocol ?? '')) throw refused('--url must be an http or https address');
  return { url: address.replace(/\/+$/, ''), apiKey };
}

async function sandbox(): Promise<GatewayAddress> {
  const connection = await readConnection(SANDBOX_FOLDER);
  if (connection !== null) return connection;
  throw refused('There is no sandbox in this folder: start one with `npm start`, or give --url and --key-file');
}

function readKey(keyFile: string): string {
  try {
    const key = readFileSync(keyFile === '-' ? 0 : keyFile, 'utf8').trim();
    if (key !== '') return key;
  } catch (error) {
    // The path is not repeated: somebody may have put the key itself there.
    throw refused(`--key-file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  throw refused('--key-file is empty');
}

function refused(message: string): CommandError {
  return new CommandError(ExitCode.Usage, `${message}.`);
}
