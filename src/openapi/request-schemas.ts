import type { OpenAPIObject } from '@nestjs/swagger';

const REFERENCE = /"\$ref":"#\/components\/schemas\/(\w+)"/g;

/**
 * The schemas of JSON request bodies, by name, with all schemas they refer to. Such bodies are read by readers that
 * know their members and accept no others. CloudEvents have media types of their own, and may have any members.
 */
export function requestSchemas({ paths, components }: OpenAPIObject): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (node: unknown): void => {
    for (const [, name = ''] of JSON.stringify(node ?? {}).matchAll(REFERENCE)) {
      if (found.has(name)) continue;
      found.add(name);
      follow(components?.schemas?.[name]);
    }
  };
  for (const { post, put } of Object.values(paths)) {
    for (const operation of [post, put]) follow(bodyOf(operation?.requestBody));
  }
  return found;
}

function bodyOf(requestBody: object | undefined): unknown {
  return requestBody !== undefined && 'content' in requestBody
    ? (requestBody.content as Readonly<Record<string, unknown>>)['application/json']
    : undefined;
}
