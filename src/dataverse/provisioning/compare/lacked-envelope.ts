import { ENVELOPE_PARAMETERS } from '../../../contract/custom-api.js';
import { isSameName } from '../same-name.js';
import type { StandingApi } from './compare.js';

/** `OccurredAt` is an event's own field, and every event has it. */
const OF_EVERY_EVENT = [...ENVELOPE_PARAMETERS, 'OccurredAt'];

/** The parameters of every event that a custom API lacks: then it was not made for an event. */
export function lackedEnvelope({ row }: Pick<StandingApi, 'row'>): readonly string[] {
  return OF_EVERY_EVENT.filter((name) => !row.parameters.some(({ cells }) => isSameName(cells.uniquename, name)));
}
