import { type Clock, toRfc3339 } from '../../kernel/clock.js';
import type { Faults } from '../faults/faults.js';
import type { Row } from '../tables/table-definition.js';
import type { Tables } from '../tables/tables.js';
import type { EndpointPost, PostFailure, PostOrder, PostOutcome } from './endpoint-post.js';
import { postOrder } from './post-order.js';
import { postUnderFault } from './post-under-fault.js';
import { PostsLog } from './posts-log.js';
import { unexpectedFailure } from './unexpected-failure.js';

const WEBHOOK = 8;

const NO_ENDPOINT: PostFailure = {
  code: '0x80040217',
  message: 'The service endpoint of the step Does Not Exist',
  detail: '',
};

/** What posting a job takes. */
export interface JobPostParts {
  readonly tables: Tables;
  readonly clock: Clock;
  readonly faults: Faults;
  /** The organization's addresses; the first is the one it names itself by. */
  readonly origins: readonly string[];
  readonly webhooks: EndpointPost;
  readonly serviceBus: EndpointPost;
}

/** Posts a system job's content to the endpoint of its step, over the transport of that endpoint, and keeps a log. */
export class JobPost {
  readonly log = new PostsLog();

  constructor(private readonly parts: JobPostParts) {}

  /** The result; null where the emulator stopped before there was one. Never rejects. */
  async post(job: Row, signal: AbortSignal): Promise<PostOutcome | null> {
    const { faults, clock, origins } = this.parts;
    const endpoint = this.#endpointOf(job);
    if (endpoint === null) return failed(NO_ENDPOINT);
    const order = postOrder(job, endpoint, { organization: hostOf(origins), signal });
    const at = clock.now();
    const began = performance.now();
    const outcome = await postUnderFault(faults, order, () => this.#send(order));
    if (outcome === null) return null;
    this.log.add({
      at: toRfc3339(at),
      durationMs: Math.round(performance.now() - began),
      jobId: order.facts.jobId,
      stepId: `${job.owningextensionid}`,
      customApi: order.facts.requestName,
      endpoint: `${endpoint.name}`,
      outcome: outcome.kind,
      status: outcome.status,
      tries: outcome.tries,
      stripped: outcome.stripped,
      errorCode: outcome.kind === 'done' ? null : outcome.code,
      context: order.context,
    });
    return outcome;
  }

  async close(): Promise<void> {
    await Promise.all([this.parts.webhooks.close(), this.parts.serviceBus.close()]);
  }

  /** Null where somebody removed it from the step by force. */
  #endpointOf({ owningextensionid }: Row): Row | null {
    const { tables } = this.parts;
    const step = tables.find('sdkmessageprocessingstep', `${owningextensionid}`);
    return tables.find('serviceendpoint', `${step?.eventhandler}`);
  }

  /** A failure that no receiver causes, such as a route that leads nowhere: the job fails, and the emulator goes on. */
  #send(order: PostOrder): Promise<PostOutcome> {
    const { webhooks, serviceBus } = this.parts;
    const transport = order.endpoint.contract === WEBHOOK ? webhooks : serviceBus;
    return transport.post(order).catch((error: Error) => failed(unexpectedFailure(error)));
  }
}

function failed(failure: PostFailure): PostOutcome {
  return { kind: 'failed', status: null, tries: 0, stripped: false, ...failure };
}

function hostOf([origin]: readonly string[]): string {
  return origin === undefined ? '' : new URL(origin).host;
}
