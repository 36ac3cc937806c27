import type { TableClient } from '../../tables/table-client.js';
import { numberOf, type TableRow, textOf } from '../../tables/table-row.js';
import { type JobFailure, jobFailureOf } from './job-failure.js';

/** What the system jobs of a step tell of it. */
export interface StepHealth {
  /** Failed jobs that are kept; not more than `MAX_JOBS` are counted. */
  readonly failed: number;
  /** Jobs that wait for their turn, or for another try, or are under way. */
  readonly waiting: number;
  /** Whether there are more failed or waiting ones than were counted. */
  readonly isMore: boolean;
  readonly lastFailure: (JobFailure & { readonly at: string | null; readonly text: string | null }) | null;
  /** RFC 3339; null where no job that succeeded is kept, which is the rule: steps have Dataverse delete those. */
  readonly lastSuccess: string | null;
}

export const MAX_JOBS = 100;
const SUCCEEDED = 30;
const FAILED = 31;
const CANCELED = 32;
const MAX_TEXT = 300;

/** Reads the newest system jobs of a step. */
export async function readStepHealth(tables: Pick<TableClient, 'list'>, stepId: string): Promise<StepHealth> {
  const of = `_owningextensionid_value eq ${stepId}`;
  const failed = await tables.list('asyncoperations', {
    select: ['name', 'friendlymessage', 'errorcode', 'completedon'],
    filter: `statuscode eq ${FAILED} and ${of}`,
    orderBy: 'completedon desc',
    top: MAX_JOBS,
  });
  const others = await tables.list('asyncoperations', {
    select: ['statuscode', 'completedon'],
    filter: `statuscode ne ${FAILED} and statuscode ne ${CANCELED} and ${of}`,
    orderBy: 'createdon desc',
    top: MAX_JOBS,
  });
  return healthOf(failed, others);
}

/** Both newest first. */
function healthOf(failed: readonly TableRow[], others: readonly TableRow[]): StepHealth {
  const [newest] = failed;
  const waiting = others.filter((job) => numberOf(job, 'statuscode') !== SUCCEEDED);
  const succeeded = others.find((job) => numberOf(job, 'statuscode') === SUCCEEDED);
  return {
    failed: failed.length,
    waiting: waiting.length,
    isMore: failed.length === MAX_JOBS || waiting.length === MAX_JOBS,
    lastFailure: newest === undefined ? null : failureOf(newest),
    lastSuccess: succeeded === undefined ? null : textOf(succeeded, 'completedon'),
  };
}

function failureOf(job: TableRow): StepHealth['lastFailure'] {
  return {
    ...jobFailureOf(numberOf(job, 'errorcode')),
    at: textOf(job, 'completedon'),
    text: withoutQueries(textOf(job, 'friendlymessage')),
  };
}

/** Dataverse's words may quote the address it called, and with it the key of a webhook. */
function withoutQueries(text: string | null): string | null {
  return text === null
    ? null
    : text
        .replace(/\?[^\s"')]*=[^\s"')]*/g, '?…')
        .slice(0, MAX_TEXT)
        .toWellFormed();
}
