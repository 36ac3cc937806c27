import { afterEach, describe, expect, it } from '@jest/globals';
import { AsyncService, type AsyncServiceParts } from '../../src/emulator/async-service/async-service.js';
import type { EndpointPost, PostOutcome } from '../../src/emulator/async-service/endpoint-post.js';
import { createOrganization } from '../../src/emulator/create-organization.js';
import { ExactNumber } from '../../src/emulator/web-api/exact-json.js';
import type { Input } from '../../src/emulator/web-api/read-parameters.js';
import { PURCHASE } from './support/purchase-api.js';
import { registerWebhook } from './support/webhooks.js';

const FAILURE = { code: '0x80044175', message: 'The service bus post failed.', detail: 'The link was closed.' };
const ATTEMPT = { status: null, tries: 1, stripped: false } as const;
const DONE: PostOutcome = { kind: 'done', ...ATTEMPT };
const MEANWHILE = { code: '0x80044179', message: 'The post is postponed.', detail: 'The link was closed.' };
const LATER: PostOutcome = { kind: 'later', ...ATTEMPT, ...FAILURE, meanwhile: MEANWHILE };
const QUEUE = { contract: 6, authtype: 2, saskeyname: 'send', saskey: 'x', path: 'events', url: null };

const running: AsyncService[] = [];
afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
});

/** An asynchronous service whose posts to Service Bus come out like this, one after the other. */
function withOutcomes(outcomes: readonly (PostOutcome | Error)[], more: Partial<AsyncServiceParts> = {}) {
  const organization = createOrganization({ customApis: [PURCHASE] }, null);
  const { tables, clock, points, settings, faults, customApis } = organization;
  const left = [...outcomes];
  const post = async () => {
    const outcome = left.shift() ?? DONE;
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  const serviceBus: EndpointPost = { post, close: async () => undefined };
  const origins = ['https://localhost:1'];
  const parts = {
    tables,
    clock,
    points,
    settings,
    faults,
    origins,
    kept: null,
    webhooks: serviceBus,
    serviceBus,
    ...more,
  };
  const service = new AsyncService(parts);
  running.push(service);
  registerWebhook({ tables }, { endpoint: QUEUE });
  Object.assign(settings, { postponeMs: 1, postponeTries: 3 });
  const call = (input: Input = []) => {
    const api = customApis.find(PURCHASE.uniqueName);
    if (api === null) throw new Error('There is no such custom API.');
    service.committed({ api, input, tag: null, userId: 'nobody', header: () => undefined });
  };
  return { service, settings, call, jobs: () => tables.rows('asyncoperation') };
}

describe('a post that is postponed', () => {
  it('is tried again until it goes well', async () => {
    const { service, call, jobs } = withOutcomes([LATER, LATER]);
    call();
    await service.whenIdle();
    expect(jobs()).toMatchObject([{ statuscode: 30, retrycount: 2, errorcode: 0, postponeuntil: null }]);
    expect(service.posts.all().map(({ outcome }) => outcome)).toEqual(['later', 'later', 'done']);
  });

  it('waits meanwhile, and says why and until when', async () => {
    const { service, settings, call, jobs } = withOutcomes([LATER]);
    settings.postponeMs = 2 ** 31;
    call();
    await expect(service.whenIdle(50)).rejects.toThrow('1 system jobs are unfinished');
    const [job] = jobs();
    expect(job).toMatchObject({
      statecode: 1,
      statuscode: 10,
      retrycount: 1,
      errorcode: 0x80044179 | 0,
      friendlymessage: MEANWHILE.message,
      completedon: null,
    });
    expect(service.posts.all()).toMatchObject([{ errorCode: FAILURE.code }]);
    const waits = Date.parse(`${job?.postponeuntil}`) - Date.parse(`${job?.startedon}`);
    expect(waits).toBeGreaterThanOrEqual(2 ** 31);
  });

  it('has failed after so many tries', async () => {
    const { service, call, jobs } = withOutcomes([LATER, LATER, LATER]);
    call();
    await service.whenIdle();
    expect(jobs()).toMatchObject([{ statecode: 3, statuscode: 31, errorcode: 0x80044175 | 0, postponeuntil: null }]);
    expect(service.posts.total).toBe(3);
  });
});

describe('a post that breaks the emulator itself', () => {
  it('has failed, and the next one goes on', async () => {
    const { service, call, jobs } = withOutcomes([new Error('a bug')]);
    call();
    call();
    await service.whenIdle();
    expect(jobs()).toMatchObject([
      { statuscode: 31, errorcode: 0x80040216 | 0, message: expect.stringContaining('a bug') },
      { statuscode: 30 },
    ]);
  });
});

describe('an event that cannot be told', () => {
  it('has failed at once, and its call goes well: it was committed', async () => {
    const { service, call, jobs } = withOutcomes([]);
    call([['TotalAmount', new ExactNumber('1e9999999999')]]);
    call();
    await service.whenIdle();
    expect(jobs()).toMatchObject([{ statuscode: 31, errorcode: 0x80040216 | 0 }, { statuscode: 30 }]);
    expect(service.posts.total).toBe(1);
  });
});

describe('events that wait', () => {
  it('are bounded: a job beyond has failed at once, and there is room again after them', async () => {
    const { service, call, jobs } = withOutcomes([], { limitBytes: 1000 });
    service.hold();
    call();
    call();
    expect(jobs()).toMatchObject([{ statuscode: 0 }, { statuscode: 31, errorcode: 0x8004a001 | 0 }]);
    service.release();
    await service.whenIdle();
    call();
    await service.whenIdle();
    expect(jobs().map(({ statuscode }) => statuscode)).toEqual([30, 31, 30]);
  });
});
