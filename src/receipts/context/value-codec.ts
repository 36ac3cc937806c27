import type { Codec } from './codec.js';
import { dateFrom } from './date-time.js';
import { dictionaryOf } from './dictionary-codec.js';
import { CLOSE_OBJECT, type JsonText, OPEN_LIST, OPEN_OBJECT } from './json-text.js';
import { listOf } from './list-codec.js';
import { ObjectCodec } from './object-codec.js';
import { DECIMAL, FLAG, orNull, TEXT, WHOLE_NUMBER } from './plain-codecs.js';
import type {
  AliasedValue,
  Entity,
  EntityCollection,
  EntityReference,
  Money,
  OptionSetValue,
  RelatedEntities,
  Relationship,
  Value,
} from './value.js';

/** A value of any kind, which its `__type` mark tells, or the JSON itself. */
export const VALUE: Codec<Value> = { read: readValue, write: writeValue, absent: null };

type MarkedObject = OptionSetValue | EntityReference | Money | Entity | EntityCollection | AliasedValue;

const QUOTE = 0x22;
const MARK = '__type';
const QUOTED_MARK = JSON.stringify(MARK);
const TEXT_OR_NULL = orNull(TEXT);
const WHOLE_OR_NULL = orNull(WHOLE_NUMBER);
const others = VALUE;

/** Parameters, attributes, variables. */
export const VALUES = dictionaryOf(VALUE, others);

export const ENTITY_REFERENCE = new ObjectCodec<EntityReference>({
  kind: 'EntityReference',
  codecs: {
    id: TEXT_OR_NULL,
    keyAttributes: VALUES,
    logicalName: TEXT_OR_NULL,
    name: TEXT_OR_NULL,
    rowVersion: TEXT_OR_NULL,
  },
  others,
});

const RELATIONSHIP = new ObjectCodec<Relationship>({
  kind: 'Relationship',
  codecs: { primaryEntityRole: WHOLE_OR_NULL, schemaName: TEXT_OR_NULL },
  others,
});

/** Entities hold collections, and collections entities. */
const ENTITY_COLLECTION: ObjectCodec<EntityCollection> = new ObjectCodec<EntityCollection>({
  kind: 'EntityCollection',
  codecs: {
    entities: listOf<Entity>({ read: (text) => ENTITY.read(text), write: (entity) => ENTITY.write(entity) }),
    entityName: TEXT_OR_NULL,
    minActiveRowVersion: TEXT_OR_NULL,
    moreRecords: orNull(FLAG),
    pagingCookie: TEXT_OR_NULL,
    totalRecordCount: WHOLE_OR_NULL,
    totalRecordCountLimitExceeded: orNull(FLAG),
  },
  others,
});

const RELATED_ENTITIES = new ObjectCodec<RelatedEntities>({
  kind: 'RelatedEntities',
  codecs: { relationship: RELATIONSHIP, entities: ENTITY_COLLECTION },
  others,
  nameOf: (property) => (property === 'relationship' ? 'key' : 'value'),
});

export const ENTITY: ObjectCodec<Entity> = new ObjectCodec<Entity>({
  kind: 'Entity',
  codecs: {
    attributes: VALUES,
    entityState: WHOLE_OR_NULL,
    formattedValues: dictionaryOf(TEXT_OR_NULL, others),
    id: TEXT_OR_NULL,
    keyAttributes: VALUES,
    logicalName: TEXT_OR_NULL,
    relatedEntities: listOf(RELATED_ENTITIES),
    rowVersion: TEXT_OR_NULL,
  },
  others,
});

const OPTION_SET_VALUE = new ObjectCodec<OptionSetValue>({
  kind: 'OptionSetValue',
  codecs: { value: WHOLE_NUMBER },
  others,
});

const MONEY = new ObjectCodec<Money>({ kind: 'Money', codecs: { value: DECIMAL }, others });

const ALIASED_VALUE = new ObjectCodec<AliasedValue>({
  kind: 'AliasedValue',
  codecs: { attributeLogicalName: TEXT_OR_NULL, entityLogicalName: TEXT_OR_NULL, value: VALUE },
  others,
});

const VALUE_LIST = listOf(VALUE);

/** Those that a mark tells, the frequent ones first. */
const MARKED: readonly Marked[] = [
  marked(OPTION_SET_VALUE),
  marked(ENTITY_REFERENCE),
  marked(MONEY),
  marked(ENTITY),
  marked(ENTITY_COLLECTION),
  marked(ALIASED_VALUE),
];

interface Marked {
  readonly mark: string;
  /** As JSON, with slashes escaped as .NET does, and without. */
  readonly tokens: readonly [escaped: string, plain: string];
  readonly codec: ObjectCodec<MarkedObject>;
}

function marked<T extends MarkedObject>(codec: ObjectCodec<T>): Marked {
  const mark = `${codec.kind}:http://schemas.microsoft.com/xrm/2011/Contracts`;
  const plain = JSON.stringify(mark);
  return { mark, tokens: [plain.replaceAll('/', '\\/'), plain], codec: codec as unknown as ObjectCodec<MarkedObject> };
}

function readValue(text: JsonText): Value {
  switch (text.peek()) {
    case QUOTE: {
      const content = text.string();
      return dateFrom(content) ?? content;
    }
    case OPEN_OBJECT:
      return readObject(text);
    case OPEN_LIST:
      return VALUE_LIST.read(text);
    default:
      return readWord(text);
  }
}

function readWord(text: JsonText): Value {
  if (text.takes('null')) return null;
  if (text.takes('true')) return true;
  return text.takes('false') ? false : text.number();
}

function readObject(text: JsonText): Value {
  text.open(OPEN_OBJECT, 'must be an object');
  const members = new Map<string, Value>();
  let hasNext = text.hasNext(true, CLOSE_OBJECT);
  if (hasNext && text.takesName(QUOTED_MARK)) {
    const known = MARKED.find(({ tokens }) => text.takes(tokens[0]) || text.takes(tokens[1]));
    if (known !== undefined) return known.codec.readMembers(text, false);
    members.set(MARK, readValue(text));
    hasNext = text.hasNext(false, CLOSE_OBJECT);
  }
  for (; hasNext; hasNext = text.hasNext(false, CLOSE_OBJECT)) {
    const name = text.name();
    if (members.has(name)) text.fail('appears more than once');
    members.set(name, readValue(text));
  }
  return { kind: 'Unknown', members };
}

function writeValue(value: Value): string {
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return isList(value) ? VALUE_LIST.write(value) : writeObject(value);
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('A number is not finite, which JSON cannot say');
  return Object.is(value, -0) ? '-0' : String(value);
}

function writeObject(value: Exclude<Value, null | boolean | number | string | readonly Value[]>): string {
  switch (value.kind) {
    case 'Number':
      return DECIMAL.write(value.literal);
    case 'DateTime':
      return JSON.stringify(value.text);
    case 'Unknown':
      return `{${Array.from(value.members, ([name, member]) => `${JSON.stringify(name)}:${writeValue(member)}`).join(',')}}`;
    default:
      return writeMarked(value);
  }
}

function writeMarked(value: MarkedObject): string {
  const known = MARKED.find(({ codec }) => codec.kind === value.kind);
  if (known === undefined) throw new TypeError('A value is of a kind that is none of the wire');
  return known.codec.writeMarked(value, known.mark);
}

function isList(value: object): value is readonly Value[] {
  return Array.isArray(value);
}
