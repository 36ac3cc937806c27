import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { customApiFor } from '../../src/contract/custom-api.js';
import type { EventDefinition } from '../../src/contract/event-definition.js';
import { type FieldDefinition, parameterTypeOf } from '../../src/contract/field-definition.js';
import { ParameterType } from '../../src/contract/parameter-type.js';
import { type Answer, type Caller, expectProblem, faultsIn, publisher } from '../ingest/support/caller.js';
import { type IngestApp, shippedCatalog, startIngestApp } from '../ingest/support/ingest-app.js';

/**
 * What every event type must do, those that ship and those that are added: a file in src/events/ is tested by being
 * there. No test names an event.
 */
const catalog = await shippedCatalog();

let app: IngestApp;
let caller: Caller;
beforeAll(async () => {
  app = await startIngestApp({ catalog });
  caller = await publisher(app, 'every event');
});
afterAll(() => app.close());

describe.each(catalog.definitions.map((definition) => [definition.type, definition] as const))(
  '%s',
  (_type, definition) => {
    let attempts = 0;

    /** Posts the example with a key of its own and these changes; undefined leaves a member out. */
    function publish(changes: Readonly<Record<string, unknown>>): Promise<Answer> {
      const key = `every-${++attempts}`;
      return caller.post(
        `/v1/events/${definition.slug}`,
        { ...definition.example, ...changes },
        { 'Idempotency-Key': key },
      );
    }

    async function expectRefused(
      changes: Readonly<Record<string, unknown>>,
      ...faults: readonly string[]
    ): Promise<void> {
      const answer = await publish(changes);
      expectProblem(answer, 'invalid-event');
      expect(faultsIn(answer)).toEqual(faults.map((fault) => expect.stringContaining(fault)));
    }

    it('is accepted as its example stands', async () => {
      const answer = await caller.post(`/v1/events/${definition.slug}`, definition.example);
      expect(answer).toMatchObject({ status: 202, body: { type: definition.type, status: 'pending' } });
      const event = await caller.get(`/v1/events/${answer.body.id}?include=data`);
      expect(event.body).toMatchObject({
        version: definition.version,
        key: definition.example[definition.key],
        orderingKey: definition.orderingKey === null ? null : definition.example[definition.orderingKey],
        source: definition.source === null ? 'every event' : definition.example[definition.source],
        data: definition.example,
      });
    });

    it('is accepted with its required fields alone, the others left out or null', async () => {
      const optional = definition.fields.filter((field) => !field.required).map((field) => field.name);
      expect((await publish(Object.fromEntries(optional.map((name) => [name, undefined])))).status).toBe(202);
      expect((await publish(Object.fromEntries(optional.map((name) => [name, null])))).status).toBe(202);
    });

    it('is refused with an unknown property', async () => {
      await expectRefused({ neverHeardOf: 1 }, '/neverHeardOf is not a known property');
      await expectRefused({ toString: 1 }, '/toString is not a known property');
    });

    it('is refused without any one of its required fields, and told which', async () => {
      for (const { name } of definition.fields.filter((field) => field.required)) {
        await expectRefused({ [name]: undefined }, `/${name} is required`);
        await expectRefused({ [name]: null }, `/${name} is required`);
      }
    });

    it('is refused with a value of a wrong type in any one of its fields', async () => {
      for (const field of definition.fields)
        await expectRefused({ [field.name]: wrongTypeFor(field) }, `/${field.name} must be`);
    });

    it('is told all of it at once', async () => {
      const wrong = Object.fromEntries(definition.fields.map((field) => [field.name, wrongTypeFor(field)]));
      const faults = definition.fields.map(({ name }) => `/${name} must be`).sort();
      await expectRefused(wrong, ...faults);
    });

    it('is a custom API whose parameters are the envelope and the fields', () => {
      const { uniqueName, requestParameters } = customApiFor(definition, 'contoso');
      expect(uniqueName).toMatch(/^contoso_[A-Za-z0-9]+$/);
      const fields = definition.fields.map((field) => [parameterOf(field), parameterTypeOf(field), !field.required]);
      expect(requestParameters.map(({ uniqueName, type, isOptional }) => [uniqueName, type, isOptional])).toEqual([
        ['EventId', ParameterType.Guid, false],
        ['EventSource', ParameterType.String, false],
        ...fields,
      ]);
      expect(fields).toContainEqual(['OccurredAt', ParameterType.DateTime, false]);
    });

    it('is described where event types are discovered', async () => {
      const { body } = await caller.get(`/v1/event-types/${definition.type}`);
      expect(body).toMatchObject({
        type: definition.type,
        path: `/v1/events/${definition.slug}`,
        example: definition.example,
      });
      const { properties, required } = body.schema as { properties: object; required: string[] };
      expect(Object.keys(properties)).toEqual(definition.fields.map(({ name }) => name));
      expect(required).toEqual(definition.fields.filter((field) => field.required).map(({ name }) => name));
    });

    it('is an operation of the contract, whose example is accepted as it stands', async () => {
      const { body: document } = await caller.get('/openapi.json');
      const operation = operationFor(document, definition);
      expect(operation.operationId).toBe(
        `publish${definition.name}${definition.version === 1 ? '' : `V${definition.version}`}`,
      );
      const examples = Object.values(operation.requestBody.content['application/json'].examples);
      expect(examples).not.toEqual([]);
      for (const { value } of examples)
        expect((await caller.post(`/v1/events/${definition.slug}`, value)).status).toBe(202);
    });
  },
);

function wrongTypeFor({ kind }: FieldDefinition): unknown {
  return kind === 'flag' ? 'true' : true;
}

function parameterOf({ name }: FieldDefinition): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

interface PublishOperation {
  readonly operationId: string;
  readonly requestBody: {
    readonly content: {
      readonly 'application/json': { readonly examples: Record<string, { readonly value: unknown }> };
    };
  };
}

function operationFor(document: Record<string, unknown>, { slug }: EventDefinition): PublishOperation {
  const paths = document.paths as Record<string, { readonly post: PublishOperation }>;
  const operation = paths[`/v1/events/${slug}`]?.post;
  if (operation === undefined) throw new Error(`no operation for ${slug}`);
  return operation;
}
