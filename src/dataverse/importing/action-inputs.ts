import { XMLParser } from 'fast-xml-parser';
import { spaced } from '../../contract/custom-api.js';
import { ParameterType } from '../../contract/parameter-type.js';
import type { RegisteredApi, RegisteredParameter } from './registered-api.js';

/** What an action takes, and the names of what it answers with. */
export type ActionInputs = Pick<RegisteredApi, 'parameters' | 'responseProperties'>;

interface Attributes {
  readonly Name?: string;
  readonly Type?: string;
  readonly Nullable?: string;
}

const PARSER = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => name === 'Parameter' || name === 'Property',
});

/**
 * What `$metadata` says of an action's inputs; null where it does not show the action. The document has many megabytes
 * in a real organization: only the action's own part of it is parsed.
 */
export function actionInputs(metadata: string, message: string): ActionInputs | null {
  const element = elementNamed(metadata, 'Action', message);
  if (element === null) return null;
  const { Action: action } = PARSER.parse(element) as {
    readonly Action: {
      readonly IsBound?: string;
      readonly Parameter?: readonly Attributes[];
      readonly ReturnType?: unknown;
    };
  };
  const parameters = (action.Parameter ?? []).slice(action.IsBound === 'true' ? 1 : 0);
  return {
    parameters: parameters.map(parameterFor),
    responseProperties: action.ReturnType === undefined ? [] : outputs(metadata, message),
  };
}

function elementNamed(xml: string, element: string, name: string): string | null {
  const escaped = name.replace(/[^A-Za-z0-9_]/g, '\\$&');
  const found = new RegExp(`<${element}\\b[^>]*\\sName="${escaped}"[^>]*>`).exec(xml);
  if (found === null || found[0].endsWith('/>')) return found?.[0] ?? null;
  const end = xml.indexOf(`</${element}>`, found.index);
  return end < 0 ? null : xml.slice(found.index, end + element.length + 3);
}

function outputs(metadata: string, message: string): readonly string[] {
  const element = elementNamed(metadata, 'ComplexType', `${message}Response`);
  const { ComplexType: type } = (element === null ? {} : PARSER.parse(element)) as {
    readonly ComplexType?: { readonly Property?: readonly Attributes[] } | '';
  };
  const properties = typeof type === 'object' ? (type.Property ?? []) : [];
  return properties.length === 0 ? ['an output'] : properties.map(({ Name = '' }) => Name);
}

function parameterFor({ Name: uniqueName = '', Type = '', Nullable = 'true' }: Attributes): RegisteredParameter {
  return {
    uniqueName,
    name: '',
    displayName: '',
    description: `${spaced(uniqueName)}.`,
    isOptional: Nullable !== 'false',
    ...typeFor(Type, uniqueName),
  };
}

type TypeFacts = Pick<RegisteredParameter, 'type' | 'logicalEntityName' | 'chosen'>;

/** The types that `$metadata` shows as one Edm type alone. */
const PLAIN: ReadonlyMap<string, ParameterType> = new Map([
  ['Edm.Boolean', ParameterType.Boolean],
  ['Edm.DateTimeOffset', ParameterType.DateTime],
  ['Edm.Double', ParameterType.Float],
  ['Edm.String', ParameterType.String],
  ['Edm.Guid', ParameterType.Guid],
  ['Collection(Edm.String)', ParameterType.StringArray],
]);

const OPEN_TYPES: ReadonlySet<string> = new Set(['expando', 'crmbaseentity']);

function typeFor(edmType: string, name: string): TypeFacts {
  const plain = PLAIN.get(edmType);
  if (plain !== undefined) return { type: plain, logicalEntityName: null, chosen: null };
  if (edmType === 'Edm.Int32') {
    const chosen = 'it is a whole number or one of a choice of options; @Integer was taken for @Option';
    return { type: ParameterType.Integer, logicalEntityName: null, chosen };
  }
  if (edmType === 'Edm.Decimal') {
    const isMoney = /amount|price|cost|total|balance|fee|tax|value/i.test(name);
    const chosen = `it is money or a number; @${isMoney ? 'Amount was taken for @Decimal' : 'Decimal was taken for @Amount'}`;
    return { type: isMoney ? ParameterType.Money : ParameterType.Decimal, logicalEntityName: null, chosen };
  }
  return rowType(edmType);
}

/** `mscrm.account`, `Collection(mscrm.contact)`; the alias may be spelled out. */
function rowType(edmType: string): TypeFacts {
  const [, collection, name = ''] =
    /^(Collection\()?(?:mscrm|Microsoft\.Dynamics\.CRM)\.([a-z0-9_]+)\)?$/.exec(edmType) ?? [];
  if (name === '') return { type: null, logicalEntityName: null, chosen: null };
  const logicalEntityName = OPEN_TYPES.has(name) ? null : name;
  if (collection !== undefined) return { type: ParameterType.EntityCollection, logicalEntityName, chosen: null };
  if (name === 'expando') return { type: ParameterType.Entity, logicalEntityName, chosen: null };
  const chosen = `it is a reference to a row or a row itself; @Reference was taken for @RecordOf`;
  return { type: ParameterType.EntityReference, logicalEntityName, chosen };
}
