import type { WishedEndpoint } from '../../dataverse/provisioning/endpoints/wished-endpoint.js';
import { isSameName } from '../../dataverse/provisioning/same-name.js';
import type { WishedCustomApi } from '../../dataverse/provisioning/wished/wished-state.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';

/** What can be taken over. */
interface Takeable {
  readonly customApis: readonly WishedCustomApi[];
  /** Null without `--endpoints` and without `--receiver`. */
  readonly endpoints: readonly WishedEndpoint[] | null;
}

/** What `--take-over` named: endpoints by their names, custom APIs by theirs or by their event types. */
export function takenOver(names: readonly string[], { customApis, endpoints }: Takeable): readonly string[] {
  return names.map((name) => {
    if (endpoints?.some((endpoint) => isSameName(endpoint.name, name))) return name;
    const found = customApis.find(({ type, api }) => type === name || isSameName(api.uniqueName, name));
    if (found !== undefined) return found.api.uniqueName;
    const known = customApis.map(({ api }) => api.uniqueName).join(', ');
    const endpointNames = endpoints?.length ? endpoints.map((endpoint) => endpoint.name).join(', ') : 'none';
    const given =
      endpoints === null ? 'neither --endpoints nor --receiver is given' : `the endpoints are ${endpointNames}`;
    throw new CommandError(
      ExitCode.Usage,
      `--take-over names ${JSON.stringify(name)}, which is none of ${known}, and ${given}.`,
    );
  });
}
