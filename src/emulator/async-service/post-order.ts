import type { Row } from '../tables/table-definition.js';
import type { PostOrder } from './endpoint-post.js';

/** The order to post a system job's content: its row contains everything. */
export function postOrder(
  job: Row,
  endpoint: Row,
  { organization, signal }: { readonly organization: string; readonly signal: AbortSignal },
): PostOrder {
  const facts = {
    jobId: `${job.asyncoperationid}`,
    requestName: `${job.messagename}`,
    organization,
    correlationId: `${job.correlationid}`,
    userId: `${job.ownerid}`,
    initiatingUserId: `${job.createdby}`,
    postponed: Number(job.retrycount ?? 0),
  };
  return { endpoint, context: `${job.data}`, facts, signal };
}
