import type { WishedState } from '../../dataverse/provisioning/wished/wished-state.js';
import { CommandError } from '../command.error.js';
import { ExitCode } from '../exit-codes.js';

/** The unique names of the custom APIs that `--recreate` named, by those or by their event types. */
export function recreatable(names: readonly string[], { customApis }: WishedState): ReadonlySet<string> {
  return new Set(
    names.map((name) => {
      const found = customApis.find(({ type, api }) => type === name || api.uniqueName === name);
      if (found !== undefined) return found.api.uniqueName;
      const known = customApis.map(({ api }) => api.uniqueName).join(', ');
      throw new CommandError(ExitCode.Usage, `--recreate names ${JSON.stringify(name)}, which is none of ${known}.`);
    }),
  );
}
