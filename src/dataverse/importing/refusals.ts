import { ENVELOPE_PARAMETERS } from '../../contract/custom-api.js';
import { ParameterType } from '../../contract/parameter-type.js';
import type { RegisteredApi, RegisteredParameter } from './registered-api.js';
import type { Remark } from './remark.js';

/**
 * Everything about a registered API that a definition cannot express, one remark each; parameters in `without` are left
 * out.
 */
export function refusalsOf(api: RegisteredApi, prefix: string, without: readonly string[]): readonly Remark[] {
  const unknown = without.filter((name) => !api.parameters.some(({ uniqueName }) => uniqueName === name));
  return [
    ...refusalsOfApi(api, prefix),
    ...unknown.map((name) => noSuchParameter(api, name)),
    ...api.parameters
      .filter(({ uniqueName }) => !ENVELOPE_PARAMETERS.includes(uniqueName))
      .flatMap((parameter) => refusalsOfParameter(parameter, without.includes(parameter.uniqueName))),
  ];
}

function refusalsOfApi(api: RegisteredApi, prefix: string): Remark[] {
  const remarks = api.kind === 'custom-api' ? refusalsOfApiName(api, prefix) : [];
  const refuse = (what: string, why: string) =>
    remarks.push({ about: api.uniqueName, what, why, advice: REGISTER_ANOTHER });
  if (api.boundTable !== null) {
    refuse(`it is bound to the table ${api.boundTable}`, 'An event is called without a row: it has to be global.');
  }
  if (api.isFunction) refuse('it is a function', 'Only actions can be cataloged and trigger flows.');
  if (api.hasPlugin) {
    refuse('a plug-in is its main operation', 'An event does nothing itself: those who subscribe do.');
  }
  if (api.responseProperties.length > 0) {
    refuse(`it answers with ${api.responseProperties.join(', ')}`, 'An event expects no answer.');
  }
  return remarks;
}

const REGISTER_ANOTHER = 'Register a new custom API that is an event: write a definition, then `dataverse apply`.';

function refusalsOfApiName({ uniqueName: about }: RegisteredApi, prefix: string): Remark[] {
  const own = about.slice(0, Math.max(0, about.indexOf('_')));
  const remarks: Remark[] = [];
  if (!about.toLowerCase().startsWith(`${prefix.toLowerCase()}_`)) {
    remarks.push({
      about,
      what: `its prefix is ${own === '' ? 'missing' : own}, not ${prefix}`,
      why: `The gateway calls custom APIs of one publisher: ${prefix}_<name>.`,
      advice:
        own === ''
          ? REGISTER_ANOTHER
          : `Set DATAVERSE_PUBLISHER_PREFIX=${own} if all event types are to be that publisher's.`,
    });
  }
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(about.slice(about.indexOf('_') + 1))) {
    remarks.push({
      about,
      what: 'its name behind the prefix is not of letters and digits alone',
      why: 'The gateway makes <prefix>_<name> of an event type; unique names are immutable, and no --name changes them.',
      advice: REGISTER_ANOTHER,
    });
  }
  return remarks;
}

function noSuchParameter({ uniqueName, parameters }: RegisteredApi, name: string): Remark {
  return {
    about: uniqueName,
    what: `--without names ${JSON.stringify(name)}, which is no parameter of it`,
    why: 'Names are case-sensitive.',
    advice: `Its parameters: ${parameters.map((parameter) => parameter.uniqueName).join(', ')}.`,
  };
}

function refusalsOfParameter(parameter: RegisteredParameter, isLeftOut: boolean): Remark[] {
  const { uniqueName: about, isOptional } = parameter;
  if (isLeftOut && isOptional) return [];
  if (isLeftOut) {
    const why = 'Every call without a required parameter is refused by Dataverse.';
    return [{ about, what: 'it is required', why, advice: 'Only optional parameters can be left out.' }];
  }
  const fault = faultOfName(about) ?? faultOfType(parameter);
  if (fault === null) return [];
  const advice = isOptional
    ? `It is optional: --without ${about} leaves it out; events then never carry it.`
    : 'It is required, and both are immutable: a new custom API has to take its place.';
  return [{ about, ...fault, advice }];
}

type Fault = Pick<Remark, 'what' | 'why'>;

function faultOfName(name: string): Fault | null {
  if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) {
    return {
      what: 'its name is not PascalCase',
      why: 'The gateway makes parameter names from field names: field totalAmount, parameter TotalAmount.',
    };
  }
  const field = name.charAt(0).toLowerCase() + name.slice(1);
  if (field in Object.prototype || field === 'prototype') {
    return { what: `the field ${field} cannot be`, why: 'Every JavaScript object has a member of that name already.' };
  }
  return null;
}

function faultOfType({ type, logicalEntityName }: RegisteredParameter): Fault | null {
  const isKnown = Object.values(ParameterType).some((known) => known === type);
  if (!isKnown) return { what: 'its type is none of the thirteen', why: 'The gateway knows no way to encode it.' };
  if (type === ParameterType.EntityReference && logicalEntityName === null) {
    return { what: 'it references rows of any table', why: 'A @Reference is of one table, which every call names.' };
  }
  if (logicalEntityName !== null && !/^[a-z][a-z0-9_]*$/.test(logicalEntityName)) {
    return { what: `${JSON.stringify(logicalEntityName)} is no table's logical name`, why: 'Calls name the table.' };
  }
  return null;
}
