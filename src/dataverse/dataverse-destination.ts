import type { EventCatalog } from '../contract/event-catalog.js';
import { type CallOptions, type CallReport, Destination, type Outcome, UNSENT } from '../delivery/destination.js';
import type { ClaimedEvent } from '../outbox/outbox.js';
import { judgeBatch } from './batch/judge-batch.js';
import { sendInRuns } from './batch/send-in-runs.js';
import { splitBySize } from './batch/split-by-size.js';
import { classify } from './classify.js';
import type { DataverseConnection } from './dataverse-connection.js';
import { type PreparedEvent, preparing } from './prepare-event.js';
import { unexpected } from './unexpected.js';
import { type Caller, type Invocation, WebApi } from './web-api.js';

/** Dataverse documents no largest request; the events that exceed this go into another batch. */
const BATCH_BYTES = 4 * 1024 * 1024;
/** The bytes of a part beside its parameters, estimated generously: boundary, headers, address. */
const PART_OVERHEAD_BYTES = 1024;

/** Delivers events as custom API calls: encode, post, classify. */
export class DataverseDestination extends Destination {
  override readonly applicationUsers: readonly string[];
  private readonly prepare: (event: ClaimedEvent) => PreparedEvent;
  private readonly webApi: WebApi;

  constructor(
    private readonly connection: DataverseConnection,
    catalog: EventCatalog,
  ) {
    super();
    this.applicationUsers = connection.applicationUsers;
    this.prepare = preparing(catalog, connection.options.publisherPrefix);
    this.webApi = new WebApi(connection);
  }

  override async deliver(event: ClaimedEvent, applicationUser: string, options: CallOptions): Promise<CallReport> {
    const prepared = this.prepare(event);
    if (prepared.kind === 'unsendable') return prepared.report;
    return this.call(prepared.invocation, { ...options, applicationUser });
  }

  /** One request as a rule; a batch of more than 4 MiB takes several, one after the other. */
  override async deliverBatch(
    events: readonly ClaimedEvent[],
    applicationUser: string,
    options: CallOptions,
  ): Promise<readonly CallReport[]> {
    const prepared = events.map(this.prepare);
    const sendable = prepared.flatMap((each) => (each.kind === 'sendable' ? [each.invocation] : []));
    const runs = splitBySize(sendable, BATCH_BYTES, sizeInBatch);
    const sent = await sendInRuns(runs, (run) => this.callAll(run, { ...options, applicationUser }));
    const inOrder = sent.values();
    return prepared.map((each) => (each.kind === 'unsendable' ? each.report : following(inOrder)));
  }

  override async probe(applicationUser: string, options: CallOptions): Promise<CallReport> {
    try {
      const answer = await this.webApi.whoAmI({ ...options, applicationUser });
      if (answer.kind === 'not-sent') return UNSENT;
      const report = classify(answer);
      return { ...report, outcome: ofUser(report.outcome) };
    } catch (error) {
      return unexpected(error);
    }
  }

  /** Closes its connections; calls under way fail. The process can end without it. */
  close(): void {
    this.connection.close();
  }

  private async call(invocation: Invocation, caller: Caller): Promise<CallReport> {
    try {
      const answer = await this.webApi.invoke(invocation, caller);
      return answer.kind === 'not-sent' ? UNSENT : classify(answer);
    } catch (error) {
      return unexpected(error);
    }
  }

  private async callAll(run: readonly Invocation[], caller: Caller): Promise<readonly CallReport[]> {
    const [first] = run;
    if (first !== undefined && run.length === 1) return [await this.call(first, caller)];
    try {
      const answer = await this.webApi.invokeBatch(run, caller);
      return answer.kind === 'not-sent' ? run.map(() => UNSENT) : judgeBatch(answer, run.length);
    } catch (error) {
      return run.map(() => unexpected(error));
    }
  }
}

/** A probe involves no event type: every failure concerns the application user. */
function ofUser(outcome: Outcome): Outcome {
  return outcome.kind === 'misconfigured' || outcome.kind === 'forbidden' ? { ...outcome, scope: 'user' } : outcome;
}

function sizeInBatch({ parameters }: Invocation): number {
  return Buffer.byteLength(parameters) + PART_OVERHEAD_BYTES;
}

function following(reports: Iterator<CallReport>): CallReport {
  const { value, done } = reports.next();
  if (done === true) throw new Error('there are fewer reports than events that were sent');
  return value;
}
