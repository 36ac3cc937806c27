import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

let document: OpenAPIObject;
let operations: readonly Operation[];
beforeAll(async () => {
  document = JSON.parse(await readFile(new URL('../../openapi/openapi.json', import.meta.url), 'utf8'));
  operations = Object.values(document.paths).flatMap((methods) => Object.values(methods) as Operation[]);
});

/** The schema that a generated method takes or returns: generators look at the first content alone. */
function firstSchema(content: Readonly<Record<string, unknown>> | undefined): string {
  const [media] = Object.values(content ?? {}) as { readonly schema?: { readonly $ref?: string } }[];
  return media?.schema?.$ref?.replace('#/components/schemas/', '') ?? 'inline';
}

describe('the document, as generators of clients read it', () => {
  it('has a name of its own for each operation, in camel case, and one tag', () => {
    const names = operations.map(({ operationId }) => operationId ?? '');
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z]+([A-Z][a-z0-9]*)+$/.test(name))).toEqual([]);
    expect(operations.filter(({ tags }) => tags?.length !== 1)).toEqual([]);
  });

  it('has no word in two shared enums: Go puts them all into one namespace', () => {
    const words = Object.values(document.components?.schemas ?? {}).flatMap((schema) =>
      'enum' in schema ? (schema.enum ?? []) : [],
    );
    expect(words.length).toBeGreaterThan(5);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  it('types what a method returns by its smallest 2xx', () => {
    const returned = operations.map(({ operationId, responses }) => {
      const [status = ''] = Object.keys(responses)
        .filter((code) => code.startsWith('2'))
        .sort();
      return [operationId, firstSchema((responses[status] as { content?: Record<string, unknown> }).content)];
    });
    expect(Object.fromEntries(returned)).toMatchObject({
      publishCustomerPurchase: 'Receipt',
      publishCustomerPurchaseBatch: 'BatchResult',
      getEvent: 'Event',
      getEventAttempts: 'AttemptList',
      listEvents: 'EventPage',
      summarizeEvents: 'EventSummary',
    });
  });

  it('types what a method takes by its first content', () => {
    const taken = operations.map(({ operationId, requestBody }) => [
      operationId,
      firstSchema((requestBody as { content?: Record<string, unknown> } | undefined)?.content),
    ]);
    expect(Object.fromEntries(taken)).toMatchObject({
      publishCustomerPurchase: 'CustomerPurchase',
      publishCustomerPurchaseBatch: 'CustomerPurchaseBatch',
      publishCloudEvent: 'CloudEvent',
    });
  });

  it('types every refusal, those of the server and the unforeseen ones too', () => {
    for (const { operationId, responses } of operations) {
      expect([operationId, Object.keys(responses)]).toEqual([
        operationId,
        expect.arrayContaining(['400', '408', '431', '500']),
      ]);
    }
  });

  it('has path parameters in the form of what answers hold', () => {
    const ids = operations.flatMap(({ parameters = [] }) => parameters.filter((p) => 'name' in p && p.name === 'id'));
    expect(ids.length).toBeGreaterThan(3);
    for (const id of ids) expect(id).toMatchObject({ in: 'path', schema: { type: 'string', format: 'uuid' } });
  });
});
