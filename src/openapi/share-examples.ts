import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE } from '../http/problem.js';

type Examples = NonNullable<NonNullable<OpenAPIObject['components']>['examples']>;
type Responses = NonNullable<OpenAPIObject['paths'][string]['get']>['responses'];
type Response = Exclude<Responses[string], { $ref: string } | undefined>;

/**
 * Moves every problem's example to one place, under its name, and lets the responses refer to it: an operation answers
 * with a dozen problems, and each is the same everywhere.
 */
export function shareExamples(document: OpenAPIObject): OpenAPIObject {
  const shared: Examples = {};
  const paths = Object.entries(document.paths).map(([path, operations]) => [
    path,
    Object.fromEntries(Object.entries(operations).map(([method, operation]) => [method, sharing(operation, shared)])),
  ]);
  return { ...document, paths: Object.fromEntries(paths), components: { ...document.components, examples: shared } };
}

function sharing(operation: { readonly responses: Responses }, shared: Examples): object {
  const responses = Object.entries(operation.responses).map(([status, response]) => [
    status,
    response === undefined || '$ref' in response ? response : referring(response, shared),
  ]);
  return { ...operation, responses: Object.fromEntries(responses) };
}

function referring(response: Response, shared: Examples): Response {
  const media = response.content?.[PROBLEM_MEDIA_TYPE];
  if (media?.examples === undefined) return response;
  Object.assign(shared, media.examples);
  const examples = Object.keys(media.examples).map((name) => [name, { $ref: `#/components/examples/${name}` }]);
  const referred = { ...media, examples: Object.fromEntries(examples) };
  return { ...response, content: { ...response.content, [PROBLEM_MEDIA_TYPE]: referred } };
}
