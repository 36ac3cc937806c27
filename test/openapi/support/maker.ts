import { Ajv, type ErrorObject } from 'ajv';
import { type Action, type ConnectorDocument, exampleOf, plainSchema } from './connector-document.js';

/** Somebody who puts actions into a flow and fills them in with the definition's own examples. */
export class Maker {
  constructor(
    private readonly definition: ConnectorDocument,
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** Sends an action as a connection does; `id` is an event's, where the action asks for one. */
  use({ path, method, operation }: Action, id = ''): Promise<Response> {
    const body = operation.parameters.find(({ in: where }) => where === 'body')?.schema;
    return fetch(`${this.url}${path.replace('{id}', id)}`, {
      method,
      headers: { 'X-API-Key': this.key, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body: body === undefined ? null : JSON.stringify(exampleOf(body, this.definition)),
    });
  }

  /** What in an answer is not as the definition shows it to makers. */
  faultsOf({ operation }: Action, status: number, content: unknown): readonly ErrorObject[] {
    const schema = plainSchema(operation.responses[String(status)]?.schema ?? false, this.definition);
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    return validate(content) ? [] : (validate.errors ?? []);
  }
}
