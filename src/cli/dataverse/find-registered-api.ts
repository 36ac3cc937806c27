import { readProcessAction } from '../../dataverse/importing/read-process-action.js';
import { readRegisteredApi } from '../../dataverse/importing/read-registered-api.js';
import type { RegisteredApi } from '../../dataverse/importing/registered-api.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';
import type { Dataverse } from './connect-dataverse.js';

/** The custom API or custom process action of a unique name. Throws `CommandError` where none can be read. */
export async function findRegisteredApi({ tables, url }: Dataverse, uniqueName: string): Promise<RegisteredApi> {
  const api = await readRegisteredApi(tables, uniqueName);
  if (api !== null) return api;
  const reading = await readProcessAction(tables, uniqueName);
  if (reading.kind === 'read') return reading.api;
  const name = JSON.stringify(uniqueName);
  if (reading.kind === 'draft') {
    const why = `The process action ${name} is not activated at ${url}: what it takes is told by its message, which a draft has not.`;
    throw new CommandError(ExitCode.Refused, `${why} Activate it and import it again. Nothing was written.`);
  }
  const advice = 'Unique names begin with a prefix; `dataverse discover` lists what is cataloged.';
  throw new CommandError(
    ExitCode.NotFound,
    `There is no custom API and no process action ${name} at ${url} that this application user can read. ${advice}`,
  );
}
