import { DataverseConnection } from '../../dataverse/dataverse-connection.js';
import { HiddenRowsError } from '../../dataverse/provisioning/deployed/hidden-rows.error.js';
import { PATIENT, type Patience } from '../../dataverse/repeat/patience.js';
import { AmbiguousRowError } from '../../dataverse/tables/ambiguous-row.error.js';
import { DataverseRefusedError } from '../../dataverse/tables/dataverse-refused.error.js';
import { DataverseUnreachableError } from '../../dataverse/tables/dataverse-unreachable.error.js';
import { TableClient } from '../../dataverse/tables/table-client.js';
import { SystemClock } from '../../kernel/clock.js';
import type { DataverseSettings } from '../../settings/gateway-settings.js';
import { readDataverseSettings } from '../../settings/read-settings.js';
import type { CliContext } from '../cli-context.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import { tellWait } from '../tell-wait.js';
import { explainRefusal } from './explain-refusal.js';
import { unreachableInWords } from './unreachable-in-words.js';

/** What a command may use of an environment. */
export interface Dataverse {
  /** The tables as the first application user of the settings sees them: that of the AZURE_ settings. */
  readonly tables: TableClient;
  readonly connection: DataverseConnection;
  /** The name of that application user: its client id, or `managed-identity`. */
  readonly applicationUser: string;
  /** `https://org.crm.dynamics.com` */
  readonly url: string;
  /** The publisher's customization prefix. */
  readonly prefix: string;
  /** DATAVERSE_SOLUTION, or null for the default solution. */
  readonly solution: string | null;
  readonly settings: DataverseSettings;
}

export interface ConnectOptions {
  /** Ends what is under way; without one Ctrl-C ends the process. */
  readonly signal?: AbortSignal;
  /** Patience for somebody who waits at a terminal, unless stated otherwise. */
  readonly patience?: Patience;
  /** The time limit of one try, in milliseconds; by default as long as Dataverse itself takes at most. */
  readonly timeoutMs?: number;
}

/** The default time limit of one try. Dataverse ends a request after two minutes. */
const TIMEOUT_MS = 120_000;

/**
 * Works on the environment of the settings, and closes its connections in every case. Throws `SettingsError`, and
 * `CommandError` where Dataverse refuses or does not answer.
 */
export async function withDataverse<T>(
  context: CliContext,
  work: (dataverse: Dataverse) => Promise<T>,
  { signal = new AbortController().signal, patience = PATIENT, timeoutMs = TIMEOUT_MS }: ConnectOptions = {},
): Promise<T> {
  const settings = readDataverseSettings(context.environment);
  const connection = new DataverseConnection({ ...settings, timeoutMs }, new SystemClock());
  const [applicationUser = ''] = connection.applicationUsers;
  const { url, publisherPrefix: prefix, solution } = settings;
  const caller = { applicationUser, signal, mayStillSend: () => true };
  const told = { ...patience, onWait: tellWait(context.stderr, `Dataverse (${new URL(url).host})`) };
  const tables = new TableClient(connection, { ...caller, patience: told });
  try {
    return await work({ tables, connection, applicationUser, url, prefix, solution, settings });
  } catch (error) {
    throw inWords(error, url);
  } finally {
    connection.close();
  }
}

function inWords(error: unknown, url: string): unknown {
  if (error instanceof DataverseRefusedError) {
    return new CommandError(ExitCode.Failure, `${url}: ${error.message}${explainRefusal(error)}`);
  }
  if (error instanceof DataverseUnreachableError) {
    return new CommandError(ExitCode.Failure, `${url}: ${unreachableInWords(error)}`);
  }
  if (error instanceof HiddenRowsError) return new CommandError(ExitCode.Failure, `${url}: ${error.message}`);
  if (error instanceof AmbiguousRowError) return new CommandError(ExitCode.Failure, `${url}: ${error.message}.`);
  return error;
}
