import { convertSchema, type NamedSchemas } from './convert-schema.js';
import { isNode, type JsonNode } from './json-node.js';
import { NotConvertibleError } from './not-convertible.error.js';

const SCHEMAS = '#/components/schemas/';

/** The named schemas of an OpenAPI 3.0 document, and which of them the connector refers to. */
export class SchemaLibrary implements NamedSchemas {
  /** By name: whether makers fill it in. */
  private readonly referred = new Map<string, boolean>();

  constructor(private readonly document: JsonNode) {}

  /** A schema that is referred to will be among the definitions. */
  refer(reference: string, sent: boolean): string {
    const name = reference.replace(SCHEMAS, '');
    this.referred.set(name, sent || this.referred.get(name) === true);
    return `#/definitions/${name}`;
  }

  /** The node itself, or the one that it refers to, anywhere in the document. */
  resolve(node: JsonNode): JsonNode {
    if (typeof node.$ref !== 'string') return node;
    const steps = node.$ref.replace('#/', '').split('/');
    const target = steps.reduce<unknown>((at, step) => (isNode(at) ? at[step] : undefined), this.document);
    if (!isNode(target)) throw new NotConvertibleError(node.$ref, 'leads nowhere');
    return this.resolve(target);
  }

  /** All definitions that are referred to, including those that other definitions refer to. */
  definitions(): JsonNode {
    const converted = new Map<string, JsonNode>();
    for (let name = this.nextBut(converted); name !== undefined; name = this.nextBut(converted)) {
      const schema = this.resolve({ $ref: `${SCHEMAS}${name}` });
      converted.set(
        name,
        convertSchema(schema, { library: this, place: name, sent: this.referred.get(name) === true }),
      );
    }
    return Object.fromEntries([...converted].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  private nextBut(converted: ReadonlyMap<string, JsonNode>): string | undefined {
    return [...this.referred.keys()].find((name) => !converted.has(name));
  }
}
