import { isSameName } from '../same-name.js';
import type { WishedState } from '../wished/wished-state.js';
import type { DeployedCustomApi } from './deployed-state.js';

/** Unique names of wished custom APIs that were not found. */
export function missingNames({ customApis }: WishedState, deployed: readonly DeployedCustomApi[]): readonly string[] {
  return customApis
    .map(({ api }) => api.uniqueName)
    .filter((name) => !deployed.some(({ cells }) => isSameName(cells.uniquename, name)));
}
