import type { CustomApi } from '../../contract/custom-api.js';
import { toRfc3339 } from '../../kernel/clock.js';
import type { Organization } from '../organization.js';
import { KEPT_HEADERS } from '../received/received-call.js';
import type { Answer } from '../server/answer.js';
import { noSuchResource, unknownSegment } from './api-errors.js';
import type { ApiOperation, ApiWork } from './api-operation.js';
import { errorAnswer, jsonAnswer, NO_CONTENT } from './odata-answer.js';
import { readParameters } from './read-parameters.js';

const BUSINESS_UNIT_ID = '22222222-0000-4000-8000-000000000001';
const ORGANIZATION_ID = '33333333-0000-4000-8000-000000000001';

/** What the Web API can do here: the service root, `WhoAmI`, and the custom APIs. */
export class Operations {
  constructor(private readonly organization: Organization) {}

  async execute(operation: ApiOperation, work: ApiWork): Promise<Answer> {
    const { segment, method } = operation;
    if (segment === '' || segment === 'WhoAmI' || segment === 'WhoAmI()') return this.#read(operation, work);
    const api = this.organization.customApis.find(segment);
    if (api === null) return unknownSegment(segment);
    return method === 'POST' ? this.#call(operation, api, work) : noSuchResource(operation.uri);
  }

  #read({ segment, method, uri }: ApiOperation, { origin, user }: ApiWork): Answer {
    if (method !== 'GET') return noSuchResource(uri);
    const metadata = `${origin}/api/data/v9.2/$metadata`;
    if (segment === '') return jsonAnswer({ '@odata.context': metadata, value: [] });
    return jsonAnswer({
      '@odata.context': `${metadata}#Microsoft.Dynamics.CRM.WhoAmIResponse`,
      BusinessUnitId: BUSINESS_UNIT_ID,
      UserId: user.userId,
      OrganizationId: ORGANIZATION_ID,
    });
  }

  /** Checks first, then takes its time, then commits: a call that is refused costs no time and leaves no trace. */
  async #call(operation: ApiOperation, api: CustomApi, work: ApiWork): Promise<Answer> {
    const { settings, points, faults } = this.organization;
    const given = { body: operation.body, contentType: operation.header('content-type') ?? '' };
    const read = readParameters(given, api, points);
    if (read.kind === 'refused') return read.answer;
    work.simulatedMs += Math.max(settings.serverTimeMs, settings.executionMs);
    if (settings.serverTimeMs > 0 && !(await faults.wait(settings.serverTimeMs))) {
      return errorAnswer(503, '', 'The emulator is stopping.');
    }
    this.#commit(operation, work, { customApi: api.uniqueName, parameters: read.parameters });
    return NO_CONTENT;
  }

  #commit(operation: ApiOperation, work: ApiWork, call: Pick<CommittedCall, 'customApi' | 'parameters'>): void {
    const { received, clock } = this.organization;
    received.add({
      receivedAt: toRfc3339(clock.now()),
      applicationUser: work.user.clientId,
      ...call,
      rawBody: operation.body.toString('utf8'),
      tag: operation.query.get('tag'),
      headers: keptHeaders(operation),
      batchId: work.batchId,
      webServer: work.webServer,
    });
    work.committed += 1;
  }
}

type CommittedCall = Parameters<Organization['received']['add']>[0];

function keptHeaders({ header }: ApiOperation): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = header(name);
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
