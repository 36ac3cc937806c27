import { WithEntityDefinitions } from '../metadata/entity-definitions.js';
import { metadataDocument } from '../metadata/metadata-document.js';
import { ODataError } from '../odata/odata.error.js';
import { readPath } from '../odata/resource-path.js';
import { Vocabulary } from '../odata/vocabulary.js';
import type { Organization } from '../organization.js';
import type { Answer } from '../server/answer.js';
import { noSuchResource } from './api-errors.js';
import type { ApiOperation, ApiWork } from './api-operation.js';
import { CustomApiCalls } from './custom-api-calls.js';
import { errorAnswer, jsonAnswer } from './odata-answer.js';
import { PlatformOperations } from './platform/platform-operations.js';
import { TableOperations } from './tables/table-operations.js';
import { serviceRootOf } from './tables/table-request.js';

/** What the Web API offers here: custom APIs, the platform's own functions and actions, tables, and their metadata. */
export class Operations {
  readonly #calls: CustomApiCalls;
  readonly #vocabulary: Vocabulary;
  readonly #platform: PlatformOperations;
  readonly #tables: TableOperations;

  constructor(private readonly organization: Organization) {
    this.#calls = new CustomApiCalls(organization);
    this.#vocabulary = new Vocabulary(new WithEntityDefinitions(organization.tables));
    this.#platform = new PlatformOperations(organization, this.#vocabulary);
    this.#tables = new TableOperations(organization.tables, this.#vocabulary, organization.points);
  }

  async execute(operation: ApiOperation, work: ApiWork): Promise<Answer> {
    const api = this.organization.customApis.find(operation.segment);
    if (api !== null) return this.#calls.execute(operation, api, work);
    try {
      return await this.#other(operation, work);
    } catch (error) {
      if (error instanceof ODataError) return errorAnswer(error.status, error.code, error.message);
      throw error;
    }
  }

  async #other(operation: ApiOperation, work: ApiWork): Promise<Answer> {
    const { segment, method, uri } = operation;
    if (segment === '' || segment === '$metadata') {
      if (method !== 'GET') return noSuchResource(uri);
      return segment === '' ? this.#serviceDocument(operation, work) : this.#metadata();
    }
    const steps = readPath(segment);
    const answer = await this.#platform.execute(steps, operation, work);
    return answer ?? this.#tables.execute(steps, operation, work);
  }

  #serviceDocument(operation: ApiOperation, work: ApiWork): Answer {
    const value = this.organization.tables.definitions.map(({ setName: url }) => ({
      name: url,
      kind: 'EntitySet',
      url,
    }));
    return jsonAnswer({ '@odata.context': `${serviceRootOf(work, operation)}/$metadata`, value });
  }

  #metadata(): Answer {
    const body = metadataDocument(this.#vocabulary);
    return { status: 200, headers: { 'content-type': 'application/xml' }, body, errorCode: null };
  }
}
