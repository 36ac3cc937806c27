import { BusinessEvent, definitionOf } from '../../contract/business-event.js';
import { ENVELOPE_PARAMETERS, spaced } from '../../contract/custom-api.js';
import type { CatalogPlace, EventDeclaration, EventDefinition } from '../../contract/event-definition.js';
import { ParameterType } from '../../contract/parameter-type.js';
import type { Roles } from './choose-roles.js';
import { classNameFor } from './class-name.js';
import { declaredParameter, namedClass } from './declared-parameter.js';
import type { EventName } from './event-name.js';
import type { RegisteredApi, RegisteredParameter } from './registered-api.js';
import type { Literal } from './typescript-literal.js';

interface Parts {
  readonly name: EventName;
  readonly catalog: CatalogPlace;
  readonly roles: Roles;
  /** Parameters to leave out. */
  readonly without: readonly string[];
}

/**
 * The definition of an API that can be imported; its class is made here in the way that loading the file will make it.
 */
export function definitionFrom(api: RegisteredApi, parts: Parts): EventDefinition {
  const { name, catalog, roles } = parts;
  const className = classNameFor(name.version === 1 ? name.name : `${name.name}V${name.version}`);
  const eventClass = namedClass(className);
  const example: Record<string, Literal> = {};
  for (const parameter of fieldsOf(api, parts)) {
    const { uniqueName, type } = parameter;
    const hasRole = [roles.key, roles.source, roles.orderingKey].includes(uniqueName);
    const declared = declaredParameter(parameter, type as ParameterType, { className, hasRole });
    declared.declare(eventClass.prototype, fieldName(uniqueName));
    example[fieldName(uniqueName)] = declared.example;
  }
  BusinessEvent({ ...textsOf(api, name), catalog, ...rolesIn(roles), example })(eventClass);
  return definitionOf(eventClass) as EventDefinition;
}

/** In the order in which people read them: parameters with a role first, required ones before optional ones. */
function fieldsOf({ parameters }: RegisteredApi, { roles, without }: Parts): readonly RegisteredParameter[] {
  const { key, source, orderingKey } = roles;
  const own = parameters.filter(
    ({ uniqueName }) => ![...ENVELOPE_PARAMETERS, ...without, 'OccurredAt'].includes(uniqueName),
  );
  const order = [key, 'OccurredAt', source, orderingKey];
  const place = ({ uniqueName, isOptional }: RegisteredParameter) => {
    const role = order.indexOf(uniqueName);
    return role >= 0 ? role : order.length + (isOptional ? 1 : 0);
  };
  return [occurredAtIn(parameters), ...own].sort(
    (one, other) => place(one) - place(other) || (one.uniqueName < other.uniqueName ? -1 : 1),
  );
}

/** Every event has it as a required instant, even if it is registered differently. */
function occurredAtIn(parameters: readonly RegisteredParameter[]): RegisteredParameter {
  const registered = parameters.find(({ uniqueName }) => uniqueName === 'OccurredAt');
  const usual = { name: '', displayName: '', description: 'When it happened.', logicalEntityName: null, chosen: null };
  return { ...usual, ...registered, uniqueName: 'OccurredAt', type: ParameterType.DateTime, isOptional: false };
}

function textsOf(
  { uniqueName, displayName, description }: RegisteredApi,
  { name, version, messageName }: EventName,
): Pick<EventDeclaration, 'name' | 'version' | 'summary' | 'messageName' | 'displayName'> {
  const stem = messageName ?? (version === 1 ? name : `${name}V${version}`);
  return {
    name,
    version,
    summary: description.trim() === '' ? `What ${uniqueName} tells.` : description,
    ...(messageName === null ? {} : { messageName }),
    ...(displayName.trim() === '' || displayName === spaced(stem) ? {} : { displayName }),
  };
}

function rolesIn({ key, source, orderingKey }: Roles): Pick<EventDeclaration, 'key' | 'source' | 'orderingKey'> {
  return {
    key: fieldName(key),
    ...(source === null ? {} : { source: fieldName(source) }),
    ...(orderingKey === null ? {} : { orderingKey: fieldName(orderingKey) }),
  };
}

/** The property that becomes the parameter. */
function fieldName(parameter: string): string {
  return parameter.charAt(0).toLowerCase() + parameter.slice(1);
}
