import type { TableClient } from '../../tables/table-client.js';
import { numberOf, type TableRow, textOf } from '../../tables/table-row.js';
import type { DeployedStep } from './deployed-endpoint.js';
import { type JobFailure, jobFailureOf } from './job-failure.js';
import { isOfReceiver } from './own-receiver.js';
import { shownMessage } from './shown-message.js';

/** What a step's system jobs show. */
export interface StepHealth {
  /** Failed jobs that still exist; at most `MAX_JOBS` are counted. */
  readonly failed: number;
  /** Jobs that wait for their turn, or for another try, or are under way. */
  readonly waiting: number;
  /** Whether there are more failed or waiting ones than were counted. */
  readonly isMore: boolean;
  readonly lastFailure: (JobFailure & { readonly at: string | null; readonly text: string | null }) | null;
  /** RFC 3339; null where no successful job exists, as usual: steps have Dataverse delete those. */
  readonly lastSuccess: string | null;
}

export const MAX_JOBS = 100;
/** `statuscode`: waiting for resources, waiting, in progress, pausing, canceling. */
const UNFINISHED = [0, 10, 20, 21, 22];
const SUCCEEDED = 30;
const FAILED = 31;

/**
 * Reads the system jobs of a step that still exist. Each kind is read separately: steps of others keep every successful
 * job, and hanging jobs are the oldest. The newest come first.
 */
export async function readStepHealth(
  tables: Pick<TableClient, 'list'>,
  { id, name }: Pick<DeployedStep, 'id' | 'name'>,
): Promise<StepHealth> {
  const of = `_owningextensionid_value eq ${id}`;
  const newest = (statuses: readonly number[], select: readonly string[], top: number) => {
    const filter = `(${statuses.map((status) => `statuscode eq ${status}`).join(' or ')}) and ${of}`;
    return tables.list('asyncoperations', { select, filter, orderBy: 'completedon desc', top });
  };
  const [failed, waiting, succeeded] = await Promise.all([
    newest([FAILED], ['friendlymessage', 'errorcode', 'completedon'], MAX_JOBS),
    newest(UNFINISHED, ['statuscode'], MAX_JOBS),
    newest([SUCCEEDED], ['completedon'], 1),
  ]);
  const [newestFailure] = failed;
  const [success] = succeeded;
  return {
    failed: failed.length,
    waiting: waiting.length,
    isMore: failed.length === MAX_JOBS || waiting.length === MAX_JOBS,
    lastFailure: newestFailure === undefined ? null : failureOf(newestFailure, name),
    lastSuccess: success === undefined ? null : textOf(success, 'completedon'),
  };
}

function failureOf(job: TableRow, step: string): StepHealth['lastFailure'] {
  const text = textOf(job, 'friendlymessage');
  return {
    ...jobFailureOf(numberOf(job, 'errorcode'), { isOfReceiver: isOfReceiver(step) }),
    at: textOf(job, 'completedon'),
    text: text === null ? null : shownMessage(text),
  };
}
