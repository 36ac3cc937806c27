import { followPath, type Ground, noRow } from '../../odata/follow-path.js';
import { ODataError, unknownSegment } from '../../odata/odata.error.js';
import { prepareExpression } from '../../odata/prepared-expression.js';
import { readLiteral } from '../../odata/read-literal.js';
import { Relations } from '../../odata/relations.js';
import type { PathStep } from '../../odata/resource-path.js';
import { splitOutside } from '../../odata/split-outside.js';
import type { Vocabulary } from '../../odata/vocabulary.js';
import type { Organization } from '../../organization.js';
import type { Answer } from '../../server/answer.js';
import type { Row } from '../../tables/table-definition.js';
import { noSuchResource } from '../api-errors.js';
import type { ApiOperation, ApiWork } from '../api-operation.js';
import { type JsonObject, readJsonBody } from '../tables/read-json-body.js';
import { ALL_OPERATIONS } from './all-operations.js';
import type { PlatformOperation } from './platform-operation.js';

const NAMESPACE = 'Microsoft.Dynamics.CRM.';

/** Calls of the platform's own functions and actions, at the service root or on a row. */
export class PlatformOperations {
  constructor(
    private readonly organization: Organization,
    private readonly vocabulary: Vocabulary,
  ) {}

  /** Null where the path names no operation of the platform. Throws an `ODataError` where there is no such row. */
  async execute(steps: readonly PathStep[], operation: ApiOperation, work: ApiWork): Promise<Answer | null> {
    const found = this.#find(steps);
    if (found === null) return null;
    const { kind } = found;
    if (operation.method !== (kind === 'function' ? 'GET' : 'POST')) return noSuchResource(operation.uri);
    const aliases = new Map([...operation.query].filter(([name]) => name.startsWith('@')));
    const target = this.#target(steps.slice(0, -1), found, aliases);
    const read =
      kind === 'function' ? functionParameters(steps.at(-1)?.inside ?? '', aliases) : readJsonBody(operation);
    if (read.kind === 'refused') return read.answer;
    const { organization, vocabulary } = this;
    return found.run({ parameters: read.body, target, operation, work, organization, vocabulary });
  }

  #find(steps: readonly PathStep[]): PlatformOperation | null {
    const name = steps.at(-1)?.name ?? '';
    const isBound = steps.length > 1;
    if (isBound !== name.startsWith(NAMESPACE)) return null;
    const short = isBound ? name.slice(NAMESPACE.length) : name;
    return (
      ALL_OPERATIONS.find((candidate) => candidate.name === short && (candidate.boundTo !== null) === isBound) ?? null
    );
  }

  #target(steps: readonly PathStep[], { name, boundTo }: PlatformOperation, aliases: Ground['aliases']): Row | null {
    if (boundTo === null) return null;
    const place = followPath(steps, {
      vocabulary: this.vocabulary,
      relations: new Relations(this.vocabulary.source),
      aliases,
    });
    if (place.kind !== 'row' || place.table.logicalName !== boundTo) {
      return unknownSegment(`${NAMESPACE}${name}`);
    }
    return place.row ?? noRow(place.table, place.key);
  }
}

/** `(RoleId=@id)?@id=...`, or the value in place. */
function functionParameters(
  inside: string,
  aliases: Ground['aliases'],
): { readonly kind: 'read'; readonly body: JsonObject } {
  const pairs = inside.trim() === '' ? [] : splitOutside(inside, ',');
  const members = pairs.map((pair) => {
    const at = pair.indexOf('=');
    const given = pair.slice(at + 1).trim();
    return [
      pair.slice(0, at).trim(),
      parameterValue(given.startsWith('@') ? (aliases.get(given) ?? 'null') : given),
    ] as const;
  });
  return { kind: 'read', body: Object.fromEntries(members) };
}

function parameterValue(text: string): unknown {
  const prepared = prepareExpression(text);
  if (prepared?.text === "'0'") return prepared.strings[0];
  const literal = readLiteral(text.trim());
  if (literal !== null) return literal.value;
  try {
    return JSON.parse(text.replaceAll("'", '"'));
  } catch {
    throw new ODataError(`Bad Request - Error in query syntax: '${text}'.`, '0x80060888');
  }
}
