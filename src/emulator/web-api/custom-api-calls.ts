import { toRfc3339 } from '../../kernel/clock.js';
import type { Organization } from '../organization.js';
import { KEPT_HEADERS } from '../received/received-call.js';
import type { Answer } from '../server/answer.js';
import type { CallableApi } from '../tables/custom-apis.js';
import { lacksPrivilege, noSuchResource, unknownSegment } from './api-errors.js';
import type { ApiOperation, ApiWork } from './api-operation.js';
import { errorAnswer, NO_CONTENT } from './odata-answer.js';
import { readParameters } from './read-parameters.js';

/** Calls of custom APIs: the purpose of everything else here. */
export class CustomApiCalls {
  constructor(private readonly organization: Organization) {}

  /** First checks, then takes its time, then commits: a refused call takes no time and leaves no trace. */
  async execute(operation: ApiOperation, api: CallableApi, work: ApiWork): Promise<Answer> {
    const { settings, points, faults } = this.organization;
    const refusal = this.#refuse(operation, api, work);
    if (refusal !== null) return refusal;
    const given = { body: operation.body, contentType: operation.header('content-type') ?? '' };
    const read = readParameters(given, api, points);
    if (read.kind === 'refused') return read.answer;
    work.simulatedMs += Math.max(settings.serverTimeMs, settings.executionMs);
    if (settings.serverTimeMs > 0 && !(await faults.wait(settings.serverTimeMs))) {
      return errorAnswer(503, '', 'The emulator is stopping.');
    }
    const tag = operation.query.get('tag');
    this.#commit(operation, work, { customApi: api.uniqueName, parameters: read.parameters, tag });
    const { input } = read;
    this.organization.asyncService.committed({ api, input, tag, userId: work.user.userId, header: operation.header });
    return NO_CONTENT;
  }

  #refuse({ method, uri }: ApiOperation, api: CallableApi, { user }: ApiWork): Answer | null {
    if (api.bindingType !== 0 || this.#isTooNew(api)) return unknownSegment(api.uniqueName);
    if (method !== 'POST' || api.isFunction) return noSuchResource(uri);
    const { executePrivilegeName: needed } = api;
    const { tables } = this.organization;
    return needed === null || user.privileges.has(needed) ? null : lacksPrivilege(needed, user, tables);
  }

  #isTooNew({ id }: CallableApi): boolean {
    const { points, tables, clock } = this.organization;
    if (points.metadataDelayMs === 0) return false;
    const created = Date.parse(String(tables.find('customapi', id)?.createdon));
    return clock.now() - created < points.metadataDelayMs;
  }

  #commit(
    operation: ApiOperation,
    work: ApiWork,
    call: Pick<ReceivedCommit, 'customApi' | 'parameters' | 'tag'>,
  ): void {
    const { received, clock } = this.organization;
    received.add({
      receivedAt: toRfc3339(clock.now()),
      applicationUser: work.user.clientId,
      ...call,
      rawBody: operation.body.toString('utf8'),
      headers: keptHeaders(operation),
      batchId: work.batchId,
      webServer: work.webServer,
    });
    work.committed += 1;
  }
}

type ReceivedCommit = Parameters<Organization['received']['add']>[0];

function keptHeaders({ header }: ApiOperation): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = header(name);
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}
