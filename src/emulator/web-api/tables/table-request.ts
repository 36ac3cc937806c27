import { followPath, type Ground, type Place } from '../../odata/follow-path.js';
import { type Preferences, readPreferences } from '../../odata/preferences.js';
import type { Query } from '../../odata/query.js';
import { readQuery } from '../../odata/read-query.js';
import { Relations } from '../../odata/relations.js';
import type { PathStep } from '../../odata/resource-path.js';
import type { Vocabulary } from '../../odata/vocabulary.js';
import type { UnconfirmedPoints } from '../../unconfirmed-points.js';
import type { ApiOperation, ApiWork } from '../api-operation.js';

/** The part of a request to a table that reading and writing have in common. */
export interface TableRequest {
  readonly operation: ApiOperation;
  readonly work: ApiWork;
  readonly place: Place;
  readonly query: Query;
  readonly preferences: Preferences;
  readonly ground: Ground;
  readonly points: UnconfirmedPoints;
  /** `https://host/api/data/v9.2`. */
  readonly serviceRoot: string;
}

/** What reading a request to a table needs. */
export interface Surroundings {
  readonly operation: ApiOperation;
  readonly work: ApiWork;
  readonly vocabulary: Vocabulary;
  readonly points: UnconfirmedPoints;
}

/** Throws an `ODataError` where path or query make no sense. */
export function readTableRequest(
  steps: readonly PathStep[],
  { operation, work, vocabulary, points }: Surroundings,
): TableRequest {
  const aliases = new Map([...operation.query].filter(([name]) => name.startsWith('@')));
  const ground = { vocabulary, relations: new Relations(vocabulary.source), aliases };
  return {
    operation,
    work,
    place: followPath(steps, ground),
    query: readQuery(operation.query),
    preferences: readPreferences(operation.header('prefer') ?? ''),
    ground,
    points,
    serviceRoot: serviceRootOf(work, operation),
  };
}

/** `https://host/api/data/v9.2`, in the version that was asked. */
export function serviceRootOf({ origin }: ApiWork, { version }: ApiOperation): string {
  return `${origin}/api/data/${version}`;
}
