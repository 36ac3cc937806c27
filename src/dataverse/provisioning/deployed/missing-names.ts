import type { WishedState } from '../wished/wished-state.js';
import type { DeployedCustomApi } from './deployed-state.js';

/** Unique names of wished custom APIs that were not found. */
export function missingNames({ customApis }: WishedState, deployed: readonly DeployedCustomApi[]): readonly string[] {
  const standing = new Set(deployed.map(({ cells }) => String(cells.uniquename).toLowerCase()));
  return customApis.map(({ api }) => api.uniqueName).filter((name) => !standing.has(name.toLowerCase()));
}
