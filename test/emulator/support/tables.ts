import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Client, Reply } from './client.js';

/** A JSON document as it came. */
export type Document = Readonly<Record<string, unknown>> & {
  readonly value?: readonly Readonly<Record<string, unknown>>[];
};

/** A read of tables; the path may hold whatever a person would type. */
export function read(client: Client, path: string, headers: OutgoingHttpHeaders = {}): Promise<Reply> {
  return client.api(encodeURI(path), { headers });
}

/** The document that a read is answered by; throws where the answer is no success. */
export async function documentOf(client: Client, path: string, headers: OutgoingHttpHeaders = {}): Promise<Document> {
  const reply = await read(client, path, headers);
  if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.body}`);
  return reply.json();
}

/** The rows that a read lists. */
export async function rowsOf(client: Client, path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return (await documentOf(client, path)).value ?? [];
}

/** A write of tables. */
export function write(
  client: Client,
  method: string,
  path: string,
  body?: unknown,
  headers: OutgoingHttpHeaders = {},
): Promise<Reply> {
  const typed = body === undefined ? {} : { 'content-type': 'application/json' };
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  return client.api(encodeURI(path), { method, headers: { ...typed, ...headers }, ...text });
}

/** `error.code` and `error.message`. */
export function errorOf(reply: Reply): { readonly code: string; readonly message: string } {
  return reply.json().error as unknown as { code: string; message: string };
}

/** A custom API as a create sends it, with its parameters. */
export function customApiBody(
  uniquename: string,
  parameters: readonly string[] = [],
): Readonly<Record<string, unknown>> {
  const texts = (name: string) => ({ name, displayname: name, description: 'For tests.' });
  return {
    customapiid: randomUUID(),
    uniquename,
    ...texts(uniquename),
    bindingtype: 0,
    isfunction: false,
    isprivate: false,
    allowedcustomprocessingsteptype: 1,
    iscustomizable: { Value: false },
    CustomAPIRequestParameters: parameters.map((name) => ({
      customapirequestparameterid: randomUUID(),
      uniquename: name,
      ...texts(name),
      type: 10,
      isoptional: false,
    })),
  };
}
