import type { Organization } from '../../organization.js';
import type { Answer } from '../../server/answer.js';
import { noSuchResource, payloadError } from '../api-errors.js';
import { type ApiOperation, type ApiWork, readAddress } from '../api-operation.js';
import { runPart } from '../fault-answer.js';
import { errorAnswer } from '../odata-answer.js';
import type { Operations } from '../operations.js';
import { batchAnswer } from './batch-answer.js';
import { type BatchOperation, boundaryOf, parseBatch } from './parse-batch.js';

const MAX_OPERATIONS = 1000;
const CONTINUE = /(?:^|[,;\s])odata\.continue-on-error(?:=true)?(?:$|[,;\s])/i;

/** Runs `$batch`: one operation after the other, each its own transaction. */
export class Batches {
  constructor(
    private readonly organization: Organization,
    private readonly operations: Operations,
  ) {}

  async execute(batch: ApiOperation, work: ApiWork): Promise<Answer> {
    const { points } = this.organization;
    if (batch.method !== 'POST') return noSuchResource(batch.uri);
    const boundary = boundaryOf(batch.header('content-type') ?? '');
    if (boundary === null) return unreadable();
    const parsed = parseBatch(batch.body, boundary);
    if (parsed.kind === 'change-set') {
      return errorAnswer(501, '0x80040203', 'The emulator does not run change sets; send the operations without one.');
    }
    if (parsed.kind === 'malformed') return unreadable();
    if (parsed.operations.length > MAX_OPERATIONS) {
      const message = `The batch holds ${parsed.operations.length} operations; at most ${MAX_OPERATIONS} are allowed.`;
      return errorAnswer(400, points.batchTooLargeCode, message);
    }
    return this.#run(parsed.operations, work, CONTINUE.test(batch.header('prefer') ?? ''));
  }

  /** Stops at the first error unless told to go on; then its status is the status of the whole. */
  async #run(operations: readonly BatchOperation[], work: ApiWork, goesOn: boolean): Promise<Answer> {
    const answers: Answer[] = [];
    for (const operation of operations) {
      const answer = await this.#one(operation, work);
      answers.push(answer);
      if (answer.status >= 400 && !goesOn) return batchAnswer(answer.status, answers);
    }
    return batchAnswer(200, answers);
  }

  async #one({ method, uri, headers, body }: BatchOperation, work: ApiWork): Promise<Answer> {
    const address = readAddress(uri);
    if (address === null) return noSuchResource(uri);
    if (address.segment === '$batch') {
      return errorAnswer(400, '0x80048d19', 'A batch cannot be part of a batch.');
    }
    const operation = { method, uri, ...address, header: (name: string) => headers.get(name), body };
    const execute = () => this.operations.execute(operation, work);
    return runPart({ operation, work, execute }, this.organization);
  }
}

/** How many operations a body holds, for an answer that refuses all of them; 0 where it cannot be read. */
export function countOperations(batch: ApiOperation): number {
  const boundary = boundaryOf(batch.header('content-type') ?? '');
  const parsed = boundary === null ? null : parseBatch(batch.body, boundary);
  return parsed?.kind === 'operations' ? parsed.operations.length : 0;
}

/** What a body with bare line feeds gets, as captured: a single part that tells of a stream. */
function unreadable(): Answer {
  return batchAnswer(400, [payloadError('System.ArgumentException: Stream was not readable.')]);
}
