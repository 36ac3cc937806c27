import type { TableSource } from '../odata/table-source.js';
import type { Row } from '../tables/table-definition.js';
import { parameterType } from './edm-types.js';
import type { XmlNode } from './xml-node.js';

/** The custom APIs in `$metadata`. */
export interface DescribedMessages {
  readonly actions: readonly XmlNode[];
  readonly functions: readonly XmlNode[];
  /** The types of their answers. */
  readonly responses: readonly XmlNode[];
  /** The imports of the container: custom APIs that are called at the service root. */
  readonly actionImports: readonly XmlNode[];
  readonly functionImports: readonly XmlNode[];
}

interface Message {
  readonly name: string;
  readonly isFunction: boolean;
  readonly isBound: boolean;
  readonly responses: readonly Row[];
  readonly node: XmlNode;
}

/** Private custom APIs are left out, and functions without a result: Dataverse does so too, though both exist. */
export function describeMessages(source: TableSource): DescribedMessages {
  const messages = source
    .rows('customapi')
    .filter((api) => api.isprivate !== true)
    .map((api) => describe(api, source))
    .filter(({ isFunction, responses }) => !isFunction || responses.length > 0);
  const actions = messages.filter(({ isFunction }) => !isFunction);
  const functions = messages.filter(({ isFunction }) => isFunction);
  return {
    actions: actions.map(({ node }) => node),
    functions: functions.map(({ node }) => node),
    responses: messages.filter(({ responses }) => responses.length > 0).map(responseType),
    actionImports: actions.filter(({ isBound }) => !isBound).map(({ name }) => imported(name, '@Action')),
    functionImports: functions.filter(({ isBound }) => !isBound).map(({ name }) => imported(name, '@Function')),
  };
}

function describe(api: Row, source: TableSource): Message {
  const ofApi = ({ customapiid }: Row) => customapiid === api.customapiid;
  const name = String(api.uniquename);
  const responses = source.rows('customapiresponseproperty').filter(ofApi);
  const parameters = source.rows('customapirequestparameter').filter(ofApi).map(describeParameter);
  const target = bindingParameter(api);
  const node = {
    '@Name': name,
    ...(target === null ? {} : { '@IsBound': 'true' }),
    Parameter: target === null ? parameters : [target, ...parameters],
    ...(responses.length === 0 ? {} : { ReturnType: { '@Type': `mscrm.${name}Response`, '@Nullable': 'false' } }),
  };
  return { name, isFunction: api.isfunction === true, isBound: target !== null, responses, node };
}

/** The row or the rows that a bound custom API is called on; null where it is called at the service root. */
function bindingParameter({ bindingtype, boundentitylogicalname }: Row): XmlNode | null {
  const type = `mscrm.${boundentitylogicalname}`;
  if (bindingtype === 1) return { '@Name': 'entity', '@Type': type, '@Nullable': 'false' };
  return bindingtype === 2 ? { '@Name': 'entityset', '@Type': `Collection(${type})`, '@Nullable': 'false' } : null;
}

function describeParameter({ uniquename, type, logicalentityname, isoptional }: Row): XmlNode {
  const edmType = parameterType(type ?? null, logicalentityname ?? null);
  const required = isoptional === true ? {} : { '@Nullable': 'false' };
  return { '@Name': String(uniquename), '@Type': edmType, ...required, ...unicodeOf(edmType) };
}

function responseType({ name, responses }: Message): XmlNode {
  const properties = responses.map(({ uniquename, type, logicalentityname }) => {
    const edmType = parameterType(type ?? null, logicalentityname ?? null);
    return { '@Name': String(uniquename), '@Type': edmType, ...unicodeOf(edmType) };
  });
  return { '@Name': `${name}Response`, Property: properties };
}

function unicodeOf(edmType: string): XmlNode {
  return edmType.includes('Edm.String') ? { '@Unicode': 'false' } : {};
}

function imported(name: string, attribute: '@Action' | '@Function'): XmlNode {
  return { '@Name': name, [attribute]: `Microsoft.Dynamics.CRM.${name}` };
}
