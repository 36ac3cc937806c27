import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { abuseCase } from './cases/abuse.js';
import { batchCase, brokenBatchCase } from './cases/batches.js';
import { cloudEventsCase, mutatedCloudEventsCase } from './cases/cloud-events.js';
import { headersCase } from './cases/headers.js';
import { linesCase } from './cases/lines.js';
import { mutatedHeadCase } from './cases/mutated-head.js';
import { operatorsCase } from './cases/operators.js';
import { queriesCase } from './cases/queries.js';
import { targetsCase } from './cases/targets.js';
import { type GatewayUnderFuzz, startGatewayUnderFuzz } from './harness/gateway-under-fuzz.js';
import { answerOf, problemOf, RECEIPT } from './support/answers.js';
import { type Draw, findingsOf } from './support/findings-of.js';
import type { Lie, ToldAnswer } from './support/lying-proxy.js';

let underFuzz: GatewayUnderFuzz;
beforeAll(async () => {
  underFuzz = await startGatewayUnderFuzz();
});
afterAll(() => underFuzz.remove());

/** One lie of every kind that a class's own judges are there for; what all answers share is in fuzz.spec.ts. */
const LIES: readonly (readonly [name: string, draw: Draw, lie: Lie, finding: string])[] = [
  ['takes spoilt items of a batch', batchCase, results(accepted, 'refused'), 'ACCEPTED'],
  ['refuses sound items of a batch', batchCase, results(refused, 'accepted'), 'REFUSED'],
  ['loses an item of a batch', batchCase, body(/"results":\[\{.*?\}\}\},?/, '"results":['), 'results'],
  ['counts the items of a batch wrongly', batchCase, body(/"accepted":/, '"accepted":1'), 'by its own count'],
  ['calls new items of a batch repeated', batchCase, body(/"result":"accepted"/g, '"result":"repeated"'), 'repeated'],
  ['calls a batch accepted of which a part was refused', batchCase, status(207, 202), 'answered 202'],
  ['takes what is no batch', brokenBatchCase, instead(400, answerOf(202, batchOf([]))), 'broken batch: '],
  [
    'takes a batch with changed bytes',
    brokenBatchCase,
    instead(400, answerOf(202, batchOf([]))),
    'byte-mutated batch: ',
  ],
  ['takes items with changed bytes', brokenBatchCase, results(accepted, 'refused'), 'ACCEPTED'],
  ['takes spoilt lines', linesCase, results(accepted, 'refused'), 'ACCEPTED'],
  ['refuses sound lines', linesCase, results(refused, 'accepted'), 'REFUSED'],
  ['loses a line', linesCase, body(/^.*\n/, ''), 'results'],
  ['names other lines', linesCase, body(/"line":/g, '"line":1'), 'says that it is of'],
  ['takes spoilt CloudEvents', cloudEventsCase, instead(400, answerOf(202, RECEIPT)), 'answered 202 in place of 400'],
  ['refuses sound CloudEvents', cloudEventsCase, instead(202, problemOf(400, 'invalid-event')), 'answered 400'],
  ['keeps another content of CloudEvents', cloudEventsCase, body(/"currencyCode":"/, '$&x'), 'KEPT'],
  ['takes spoilt CloudEvents of a list', cloudEventsCase, results(accepted, 'refused'), 'ACCEPTED'],
  [
    'takes CloudEvents with changed bytes',
    mutatedCloudEventsCase,
    instead(400, answerOf(202, RECEIPT)),
    'answered 202 in place of 400',
  ],
  [
    'refuses CloudEvents whose bytes say no wrong',
    mutatedCloudEventsCase,
    refusal(202),
    'answered 400 in place of 202',
  ],
  ['takes lists with changed bytes', mutatedCloudEventsCase, results(accepted, 'refused'), 'ACCEPTED'],
  ['takes any media type', headersCase, instead(415, answerOf(202, RECEIPT)), 'in place of 415'],
  ['refuses unusual headers', headersCase, refusal(202), 'in place of 202'],
  ['lets others publish', headersCase, instead(403, answerOf(202, RECEIPT)), 'in place of 403'],
  ['names no methods', targetsCase, header('allow', 'BREW'), 'Allow lacks'],
  ['knows every method', targetsCase, instead(405, answerOf(200, {})), 'in place of 405'],
  ['knows every path', targetsCase, instead(404, answerOf(200, {})), 'in place of 404'],
  ['cannot be asked', queriesCase, refusal(200), 'query: '],
  ['takes wrong queries', queriesCase, instead(400, answerOf(200, {})), 'in place of 400'],
  ['finds nothing to wrong queries', queriesCase, instead(400, problemOf(404, 'not-found')), 'in place of 400'],
  ['lets others operate', operatorsCase, instead(403, answerOf(200, {})), 'in place of 403'],
  ['takes spoilt deeds', operatorsCase, instead(400, answerOf(200, {})), 'in place of 400'],
  ['finds nothing to do', operatorsCase, instead(200, problemOf(404, 'not-found')), 'answered 404'],
  ['serves what is abuse', abuseCase, instead(400, answerOf(200, {})), 'answered with [200] in place of 400'],
  ['hangs up on abuse', abuseCase, () => null, 'no answer (closed)'],
  ['refuses abuse by another name', abuseCase, instead(431, problemOf(400, 'malformed-request')), 'in place of 431'],
  ['serves broken heads', mutatedHeadCase, instead(400, answerOf(200, {})), 'a broken request answered'],
  ['refuses every head', mutatedHeadCase, refusal(200), 'a good request answered'],
  ['hangs up on broken heads', mutatedHeadCase, (told) => (told.status === 400 ? null : told), 'no answer (closed)'],
  ['refuses heads without a word', mutatedHeadCase, (told) => ({ ...told, body: '' }), 'breaks its schema'],
];

describe('a gateway that breaks the contract is caught, whatever it is asked: it', () => {
  it.each(LIES)('%s', async (_name, draw, lie, finding) => {
    expect(await findingsOf(underFuzz, draw, lie)).toContain(finding);
  });
});

function instead(status: number, told: ToldAnswer): Lie {
  return (answer) => (answer.status === status ? { ...told, headers: { ...answer.headers, ...told.headers } } : answer);
}

function refusal(status: number): Lie {
  return instead(status, problemOf(400, 'invalid-event'));
}

function status(right: number, wrong: number): Lie {
  return (answer) => (answer.status === right ? { ...answer, status: wrong } : answer);
}

function header(name: string, value: string): Lie {
  return ({ headers, ...answer }) => ({ ...answer, headers: { ...headers, [name]: value } });
}

/** Of answers that are no errors. */
function body(pattern: RegExp, replacement: string): Lie {
  return (answer) => (answer.status < 400 ? { ...answer, body: answer.body.replace(pattern, replacement) } : answer);
}

interface Result {
  readonly result: string;
  readonly line?: number;
}

function accepted({ line }: Result): object {
  return { result: 'accepted', receipt: RECEIPT, line };
}

function refused({ line }: Result): object {
  return { result: 'refused', problem: JSON.parse(problemOf(400, 'invalid-event').body) as object, line };
}

/** Another result for all items of one kind: of a list, or line by line. */
function results(told: (result: Result) => object, kind: string): Lie {
  const retold = (result: Result) => (result.result === kind ? told(result) : result);
  return (answer) => {
    if (answer.status !== 202 && answer.status !== 207) return answer;
    if (answer.headers['content-type']?.includes('ndjson') === true) {
      const lines = answer.body.split('\n').filter((line) => line !== '');
      return { ...answer, body: lines.map((line) => JSON.stringify(retold(JSON.parse(line) as Result))).join('\n') };
    }
    const { results: list, ...rest } = JSON.parse(answer.body) as { readonly results?: readonly Result[] };
    return list === undefined ? answer : { ...answer, body: JSON.stringify({ ...rest, results: list.map(retold) }) };
  };
}

function batchOf(items: readonly object[]): object {
  return { accepted: items.length, repeated: 0, refused: 0, results: items };
}
