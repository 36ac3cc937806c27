import type { Codec } from './codec.js';
import { dictionaryOf } from './dictionary-codec.js';
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
import { type Marked, marked, ValueCodec } from './value-codec.js';

/** A value of any kind: its `__type` mark tells the kind, or the JSON itself does. */
export const VALUE: Codec<Value> = new ValueCodec(() => MARKED);

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

/** Kinds that a mark tells, the frequent ones first. */
const MARKED: readonly Marked[] = [
  marked(OPTION_SET_VALUE),
  marked(ENTITY_REFERENCE),
  marked(MONEY),
  marked(ENTITY),
  marked(ENTITY_COLLECTION),
  marked(ALIASED_VALUE),
];
