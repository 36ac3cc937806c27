import type { Organization } from '../../organization.js';
import type { Answer, Ending } from '../../server/answer.js';
import { noSuchResource, payloadError } from '../api-errors.js';
import { type ApiOperation, type ApiWork, readAddress } from '../api-operation.js';
import { runPart } from '../fault-answer.js';
import { errorAnswer, NO_CONTENT } from '../odata-answer.js';
import type { Operations } from '../operations.js';
import { batchAnswer } from './batch-answer.js';
import { type BatchOperation, boundaryOf, parseBatch } from './parse-batch.js';

type ReadBatch =
  | { readonly kind: 'read'; readonly operations: readonly BatchOperation[] }
  | { readonly kind: 'refused'; readonly answer: Answer };

const MAX_OPERATIONS = 1000;
const CONTINUE = /(?:^|[,;\s])odata\.continue-on-error(?:=true)?(?:$|[,;\s])/i;

/** Runs `$batch`: one operation after the other, each its own transaction. */
export class Batches {
  constructor(
    private readonly organization: Organization,
    private readonly operations: Operations,
  ) {}

  async execute(batch: ApiOperation, work: ApiWork): Promise<Ending> {
    const read = this.#read(batch);
    if (read.kind === 'refused') return answering(read.answer);
    return this.#run(read.operations, work, CONTINUE.test(batch.header('prefer') ?? ''));
  }

  #read(batch: ApiOperation): ReadBatch {
    if (batch.method !== 'POST') return refused(noSuchResource(batch.uri));
    const boundary = boundaryOf(batch.header('content-type') ?? '');
    const parsed = boundary === null ? null : parseBatch(batch.body, boundary);
    if (parsed === null || parsed.kind === 'malformed') return refused(unreadable());
    if (parsed.kind === 'change-set') {
      const message = 'The emulator does not run change sets; send the operations without one.';
      return refused(errorAnswer(501, '0x80040203', message));
    }
    const { length } = parsed.operations;
    if (length <= MAX_OPERATIONS) return { kind: 'read', operations: parsed.operations };
    const message = `The batch holds ${length} operations; at most ${MAX_OPERATIONS} are allowed.`;
    return refused(errorAnswer(400, this.organization.points.batchTooLargeCode, message));
  }

  /** Stops at the first error unless told to go on; the status of the whole is then that error's status. */
  async #run(operations: readonly BatchOperation[], work: ApiWork, goesOn: boolean): Promise<Ending> {
    const answers: Answer[] = [];
    for (const operation of operations) {
      const ending = await this.#one(operation, work);
      if (ending.kind === 'truncate') return cutBefore(answers);
      if (ending.kind !== 'answer') return ending;
      const { answer } = ending;
      answers.push(answer);
      if (answer.status >= 400 && !goesOn) return answering(batchAnswer(answer.status, answers));
    }
    return answering(batchAnswer(200, answers));
  }

  async #one({ method, uri, headers, body }: BatchOperation, work: ApiWork): Promise<Ending> {
    const address = readAddress(uri);
    if (address === null) return answering(noSuchResource(uri));
    if (address.segment === '$batch') {
      return answering(errorAnswer(400, '0x80048d19', 'A batch cannot be part of a batch.'));
    }
    const operation = { method, uri, ...address, header: (name: string) => headers.get(name), body };
    const execute = () => this.operations.execute(operation, work);
    return runPart({ operation, work, execute }, this.organization);
  }
}

/** How many operations a body contains, for an answer that refuses all of them; 0 where it cannot be read. */
export function countOperations(batch: ApiOperation): number {
  const boundary = boundaryOf(batch.header('content-type') ?? '');
  const parsed = boundary === null ? null : parseBatch(batch.body, boundary);
  return parsed?.kind === 'operations' ? parsed.operations.length : 0;
}

/** The answers so far, and the beginning of one that never comes. */
function cutBefore(answers: readonly Answer[]): Ending {
  const answer = batchAnswer(200, [...answers, NO_CONTENT]);
  return { kind: 'truncate', answer, bodyLength: answer.partStarts?.[answers.length] ?? 0 };
}

function answering(answer: Answer): Ending {
  return { kind: 'answer', answer };
}

function refused(answer: Answer): ReadBatch {
  return { kind: 'refused', answer };
}

/** The answer to a body with bare line feeds, as captured: a single part that mentions a stream. */
function unreadable(): Answer {
  return batchAnswer(400, [payloadError('System.ArgumentException: Stream was not readable.')]);
}
