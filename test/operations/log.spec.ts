import { describe, expect, it } from '@jest/globals';
import { describeError } from '../../src/operations/log/describe-error.js';
import { createLogger } from '../../src/operations/log/logger.js';
import { NestLogger } from '../../src/operations/log/nest-logger.js';

const SECRET = 'marker-of-a-secret';

function collect(level = 'info') {
  const texts: string[] = [];
  const logger = createLogger({ level, to: { write: (text) => void texts.push(text) } });
  return { logger, texts, lines: () => texts.map((text) => JSON.parse(text) as Record<string, unknown>) };
}

describe('a log line', () => {
  it('is one line of JSON with an RFC 3339 time and the level as a word', () => {
    const { logger, texts, lines } = collect();

    logger.warn({ gate: 'user:a' }, 'gate.changed');

    expect(texts[0]).toMatch(/^\{.*\}\n$/);
    expect(lines()).toEqual([
      {
        level: 'warn',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\.\d{3}Z$/),
        gate: 'user:a',
        msg: 'gate.changed',
      },
    ]);
  });

  it('is left out below the level', () => {
    const { logger, texts } = collect('warn');

    logger.info('nothing');

    expect(texts).toEqual([]);
  });

  it.each([
    ['at the top', { clientSecret: SECRET }],
    ['in any case of letters', { Authorization: SECRET, 'X-API-Key': SECRET }],
    ['within a request', { request: { headers: { authorization: SECRET, cookie: SECRET } } }],
    ['within a list', { users: [{ clientSecret: SECRET }] }],
    ['deeper than any line of ours', { a: { b: { c: { d: { token: SECRET } } } } }],
    ['in a payload', { data: SECRET, body: { email: SECRET } }],
    ['in the address of a database', { databaseUrl: SECRET }],
  ])('never holds a secret, %s', (_where, facts) => {
    const { logger, texts } = collect();

    logger.error(facts, 'something');

    expect(texts).toHaveLength(1);
    expect(texts[0]).not.toContain(SECRET);
  });

  it('survives facts that refer to themselves', () => {
    const { logger, texts } = collect();
    const circle: Record<string, unknown> = { name: 'x' };
    circle.self = circle;

    logger.info(circle, 'round');

    expect(texts).toHaveLength(1);
  });

  it('leaves the facts of the caller as they are', () => {
    const { logger } = collect();
    const facts = { token: SECRET, nested: { secret: SECRET } };

    logger.info(facts, 'x');

    expect(facts).toEqual({ token: SECRET, nested: { secret: SECRET } });
  });
});

describe('an error in the log', () => {
  it('is told with its code, its stack and its causes', () => {
    const { logger, lines } = collect();
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

    logger.error({ err: new TypeError('no', { cause }) }, 'failed');

    expect(lines()[0]?.err).toEqual({
      type: 'TypeError',
      message: 'no',
      stack: expect.stringContaining('log.spec'),
      cause: expect.objectContaining({ type: 'Error', code: 'ECONNREFUSED' }),
    });
  });

  it('leaves out what HTTP clients hang on it', () => {
    const { logger, texts } = collect();
    const config = { headers: { Authorization: SECRET }, data: SECRET };

    logger.error({ err: Object.assign(new Error('Request failed'), { config, response: { data: SECRET } }) }, 'failed');

    expect(texts[0]).toContain('Request failed');
    expect(texts[0]).not.toContain(SECRET);
  });

  it('does not quote what could not be parsed', () => {
    const { logger, texts } = collect();
    const parse = () => JSON.parse(`{"email":"${SECRET}`) as unknown;

    try {
      parse();
    } catch (err) {
      logger.error({ err }, 'failed');
    }

    expect(texts[0]).toContain('SyntaxError');
    expect(texts[0]).not.toContain(SECRET);
  });

  it('ends where causes go round', () => {
    const error = new Error('round');
    error.cause = error;

    expect(JSON.stringify(describeError(error)).length).toBeLessThan(20_000);
  });

  it('may be something that is no Error', () => {
    expect(describeError(SECRET)).toEqual({ type: 'string', message: 'something that is no Error was thrown' });
  });
});

describe("Nest's messages", () => {
  it.each([
    ['log', 'info'],
    ['error', 'error'],
    ['warn', 'warn'],
    ['debug', 'debug'],
    ['verbose', 'debug'],
    ['fatal', 'fatal'],
  ] as const)('%s is written as %s, with its context', (method, level) => {
    const { logger, lines } = collect('trace');

    new NestLogger(logger)[method]('a message', 'Http');

    expect(lines()).toEqual([expect.objectContaining({ level, context: 'Http', msg: 'a message' })]);
  });

  it('carry a stack beside the context', () => {
    const { logger, lines } = collect();

    new NestLogger(logger).error('failed', 'Error: x\n    at y (z.js:1:1)', 'Http');

    expect(lines()).toEqual([expect.objectContaining({ context: 'Http', stack: expect.stringContaining('z.js') })]);
  });

  it('about routes and modules are for developers', () => {
    const { logger, texts } = collect();

    new NestLogger(logger).log('Mapped {/v1/events, POST} route', 'RouterExplorer');

    expect(texts).toEqual([]);
  });

  it('that are objects are named, not written: nobody knows their content', () => {
    const { logger, texts } = collect();

    new NestLogger(logger).warn({ email: SECRET });

    expect(texts[0]).not.toContain(SECRET);
  });

  it('that are errors keep their stack', () => {
    const { logger, lines } = collect();

    new NestLogger(logger).error(new Error('broken'));

    expect(lines()[0]).toMatchObject({ msg: 'broken', err: { type: 'Error', message: 'broken' } });
  });
});
