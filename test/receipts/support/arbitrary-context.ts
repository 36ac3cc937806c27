import fc from 'fast-check';
import { type JsonNode, writtenIn } from './json-node.js';

/*
 * Texts of contexts as Dataverse would write them, or nobody would: members in any order or left out, unknown ones, numbers
 * and strings in any of their spellings. Made without the model that is to read them.
 */

type Node = fc.Arbitrary<JsonNode>;
type Members = Readonly<Record<string, Node>>;

const NULL = fc.constant('null');
const FLAG = fc.constantFrom('true', 'false');
const WHOLE = fc.integer().map(String);
const NUMBER = fc.oneof(
  WHOLE,
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
  fc.stringMatching(/^-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,12})?([eE][+-]?[0-9]{1,3})?$/),
);
const DATE = fc
  .tuple(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), fc.constantFrom('', '+0000', '-0730'))
  .map(([epochMs, offset]) => ({ string: `/Date(${epochMs}${offset})/` }));
const STRING = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.uuid(),
    fc.constantFrom('', '\ud800', '\\', '/', '"', '\u0000', '__type', '/Date(1)', '/Date(99999999999999999)/'),
  )
  .map((string) => ({ string }));
const NAME = fc.oneof(
  fc.string({ maxLength: 5 }).map((name) => `x${name}`),
  fc.constantFrom('__proto__', 'constructor', 'kind', 'wire', 'toString', '0', '10', ''),
);

const { value: VALUE } = fc.letrec<{ value: JsonNode }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.oneof(NULL, FLAG, NUMBER, STRING, DATE),
    fc.array(tie('value'), { maxLength: 3 }).map((list) => ({ list })),
    membersOf({}, {}, tie('value')),
    marked('OptionSetValue', membersOf({ Value: WHOLE }, {}, tie('value'))),
    marked('Money', membersOf({ Value: NUMBER }, {}, tie('value'))),
    marked('EntityReference', membersOf({}, referenceOf(tie('value')), tie('value'))),
    marked('Entity', membersOf({}, entityOf(tie('value')), tie('value'))),
    marked('EntityCollection', membersOf({}, collectionOf(tie('value')), tie('value'))),
    marked('AliasedValue', membersOf({}, { Value: tie('value'), EntityLogicalName: STRING }, tie('value'))),
    marked('Unheard', membersOf({}, { Value: tie('value') }, tie('value'))),
  ),
}));

const { context: CONTEXT } = fc.letrec<{ context: JsonNode }>((tie) => ({
  context: fc.oneof({ maxDepth: 2, depthSize: 'small' }, contextOf(NULL), contextOf(tie('context'))),
}));

/** The text of a context, mostly within others. */
export const arbitraryContext: fc.Arbitrary<string> = writtenIn(CONTEXT);

function contextOf(parent: Node): Node {
  const images = dictionaryOf(membersOf({}, entityOf(VALUE), VALUE), VALUE);
  const optional = {
    Depth: WHOLE,
    InputParameters: dictionaryOf(VALUE, VALUE),
    IsInTransaction: FLAG,
    OperationCreatedOn: DATE,
    OutputParameters: dictionaryOf(VALUE, VALUE),
    OwningExtension: membersOf({}, referenceOf(VALUE), VALUE),
    ParentContext: parent,
    PostEntityImages: images,
    PreEntityImages: images,
    RequestId: STRING,
    SharedVariables: dictionaryOf(VALUE, VALUE),
  };
  return membersOf({ MessageName: STRING }, optional, VALUE);
}

function entityOf(values: Node): Members {
  const collection = membersOf({}, { EntityName: STRING, MoreRecords: FLAG }, values);
  const relation = membersOf({ key: membersOf({}, { SchemaName: STRING }, values), value: collection }, {}, values);
  return {
    Attributes: dictionaryOf(values, values),
    EntityState: WHOLE,
    FormattedValues: dictionaryOf(fc.oneof(STRING, NULL), values),
    Id: STRING,
    LogicalName: STRING,
    RelatedEntities: fc.array(relation, { maxLength: 2 }).map((list) => ({ list })),
  };
}

function referenceOf(values: Node): Members {
  return { Id: STRING, KeyAttributes: dictionaryOf(values, values), LogicalName: STRING, Name: STRING };
}

function collectionOf(values: Node): Members {
  const entities = fc.array(membersOf({}, { Attributes: dictionaryOf(values, values) }, values), { maxLength: 2 });
  return { Entities: entities.map((list) => ({ list })), MoreRecords: FLAG, TotalRecordCount: WHOLE };
}

/** Keys that differ; entries that mostly are as .NET writes them. */
function dictionaryOf(values: Node, others: Node): Node {
  const usual = fc.tuple(STRING, values).map(([key, value]) => ({
    members: [
      ['key', key],
      ['value', value],
    ] as const,
  }));
  const entry = fc.oneof(
    { weight: 4, arbitrary: usual },
    { weight: 1, arbitrary: membersOf({ key: STRING, value: values }, {}, others) },
  );
  const keyOf = (node: JsonNode) => JSON.stringify(Object.fromEntries((node as { members: [] }).members).key);
  return fc.uniqueArray(entry, { maxLength: 3, selector: keyOf }).map((list) => ({ list }));
}

/** The required members, some of the optional ones, which may be null, and some that nobody knows, in any order. */
function membersOf(required: Members, optional: Members, values: Node): Node {
  const nullable = Object.entries(optional).map(([name, node]) => [
    name,
    fc.oneof({ weight: 5, arbitrary: node }, NULL),
  ]);
  const known = fc.record<Record<string, JsonNode>>(
    { ...required, ...Object.fromEntries(nullable) },
    { requiredKeys: Object.keys(required) },
  );
  const others = fc.uniqueArray(fc.tuple(NAME, values), { maxLength: 2, selector: ([name]) => name });
  return fc.tuple(known, others, fc.boolean()).chain(([members, unknown, isUsual]) => {
    const all = [...Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)), ...unknown];
    return (isUsual ? fc.constant(all) : fc.shuffledSubarray(all, { minLength: all.length })).map((order) => ({
      members: order,
    }));
  });
}

function marked(kind: string, node: Node): Node {
  const mark = { string: `${kind}:http://schemas.microsoft.com/xrm/2011/Contracts` };
  return node.map((object) => ({
    members: [
      ['__type', mark],
      ...('members' in (object as object) ? (object as { members: [] }).members : []),
    ] as const,
  }));
}
