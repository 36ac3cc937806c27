import { customApiFor, ENVELOPE_PARAMETERS, parameterName } from './custom-api.js';
import type { EventDefinition } from './event-definition.js';
import { type FieldDefinition, fieldsOf } from './field-definition.js';
import { validateEvent } from './validate-event.js';

/** Limits of Dataverse's `customapi`, `customapirequestparameter` and `catalog` tables, in characters. */
const LIMITS = { uniqueName: 128, name: 100, description: 300, catalogDescription: 100 };

/**
 * Everything that makes a definition unusable before the first event arrives: what Dataverse would refuse at
 * registration, and what would break the gateway's own promises. Empty when the definition is usable.
 */
export function faultsOfDefinition(definition: EventDefinition, prefix: string): readonly string[] {
  const structural = [
    ...faultsOfDeclaration(definition),
    ...faultsOfCatalog(definition, prefix),
    ...faultsOfRoles(definition),
    ...definition.fields.flatMap((field) => faultsOfField(field, '')),
    ...faultsOfCustomApi(definition, prefix),
  ];
  return structural.length > 0 ? structural : faultsOfExample(definition);
}

function faultsOfDeclaration({ name, version, summary, displayName, fields }: EventDefinition): string[] {
  const faults: string[] = [];
  if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) faults.push(`the name "${name}" is not PascalCase`);
  if (!Number.isInteger(version) || version < 1) faults.push(`the version ${version} is not a whole number from 1`);
  if (fields.length === 0) faults.push('no property bears a field word');
  faults.push(...faultsOfText('summary', summary, LIMITS.description));
  if (displayName !== null) faults.push(...faultsOfText('displayName', displayName, LIMITS.name));
  return faults;
}

function faultsOfCatalog({ catalog }: EventDefinition, prefix: string): string[] {
  const { root, category, rootName, categoryName, rootDescription, categoryDescription } = catalog;
  const texts: readonly (readonly [string, string | undefined, number])[] = [
    ['catalog.root', root, LIMITS.name],
    ['catalog.category', category, LIMITS.name],
    ['catalog.rootDescription', rootDescription, LIMITS.catalogDescription],
    ['catalog.categoryDescription', categoryDescription, LIMITS.catalogDescription],
  ];
  const names: readonly (readonly [string, string | undefined])[] = [
    ['catalog.rootName', rootName],
    ['catalog.categoryName', categoryName],
  ];
  return [
    ...texts.flatMap(([what, text, limit]) => (text === undefined ? [] : faultsOfText(what, text, limit))),
    ...names.flatMap(([what, name]) => (name === undefined ? [] : faultsOfCatalogName(what, name, prefix))),
  ];
}

function faultsOfCatalogName(what: string, name: string, prefix: string): string[] {
  const uniqueName = `${prefix}_${name}`;
  if (!/^[A-Za-z0-9][A-Za-z0-9_]*$/.test(name)) return [`${what} "${name}" is not made of letters, digits and _`];
  return faultsOfText(what, uniqueName, LIMITS.uniqueName);
}

function faultsOfText(what: string, text: string, limit: number): string[] {
  if (text.trim() === '') return [`${what} is empty`];
  return text.length > limit ? [`${what} has ${text.length} characters, Dataverse takes ${limit}`] : [];
}

function faultsOfRoles(definition: EventDefinition): string[] {
  const { key, source, orderingKey } = definition;
  const roles = [['key', key] as const, ['source', source] as const, ['orderingKey', orderingKey] as const];
  const faults = roles.flatMap(([role, name]) => {
    if (name === null) return [];
    const field = definition.fields.find((candidate) => candidate.name === name);
    if (field === undefined) return [`${role} names "${name}", which is no field`];
    return field.kind === 'text' && field.required && field.maxLength <= 255
      ? []
      : [`${role} names "${name}", which must be a required text of at most 255 characters`];
  });
  const occurredAt = definition.fields.find((field) => field.name === 'occurredAt');
  if (occurredAt?.kind !== 'instant' || !occurredAt.required) {
    faults.push(
      'every event has a required instant "occurredAt": declare @Instant({ ... }) readonly occurredAt!: string',
    );
  }
  return faults;
}

const CAMEL_CASE = { pattern: /^[a-z][A-Za-z0-9]*$/, named: 'camelCase' };
/** Members of an object with a table are columns of that table. */
const COLUMN = { pattern: /^[a-z][A-Za-z0-9_]*$/, named: "camelCase or a column's logical name" };

function faultsOfField(field: FieldDefinition, parent: string, { pattern, named } = CAMEL_CASE): string[] {
  const path = `${parent}${field.name}`;
  const faults = faultsOfText(`the description of ${path}`, field.description, LIMITS.description);
  faults.push(...faultsOfDisplayName(field, path));
  if (!pattern.test(field.name)) faults.push(`the field name "${path}" is not ${named}`);
  if (field.kind === 'text' && field.pattern !== null && !/^\^.*\$$/s.test(field.pattern)) {
    faults.push(`the pattern of ${path} is not anchored with ^ and $`);
  }
  if (!('itemClass' in field)) return faults;
  const naming = field.table === null ? CAMEL_CASE : COLUMN;
  const nested = fieldsOf(field.itemClass());
  if (nested.length === 0) faults.push(`the class nested in ${path} has no field words`);
  return [...faults, ...nested.flatMap((child) => faultsOfField(child, `${path}.`, naming))];
}

/** Only parameters have display names; the members of nested objects have none. */
function faultsOfDisplayName({ name, displayName }: FieldDefinition, path: string): string[] {
  if (displayName === null) return [];
  return path === name
    ? faultsOfText(`the displayName of ${path}`, displayName, LIMITS.name)
    : [`${path} has a displayName, which nobody would see: it is no parameter of its own`];
}

function faultsOfCustomApi(definition: EventDefinition, prefix: string): string[] {
  const { uniqueName } = customApiFor(definition, prefix);
  const faults: string[] = [];
  if (!/^[A-Za-z][A-Za-z0-9]*_[A-Za-z][A-Za-z0-9]*$/.test(uniqueName)) {
    faults.push(`"${uniqueName}" is no unique name: <prefix>_<name> of letters and digits`);
  }
  if (uniqueName.length > LIMITS.uniqueName) {
    faults.push(
      `the unique name "${uniqueName}" has ${uniqueName.length} characters, Dataverse takes ${LIMITS.uniqueName}`,
    );
  }
  if (uniqueName.length > LIMITS.name) faults.push(`the name "${uniqueName}" is longer than ${LIMITS.name} characters`);
  const seen = new Set<string>();
  for (const field of definition.fields) {
    const parameter = parameterName(field);
    const qualified = `${uniqueName}.${parameter}`;
    if (ENVELOPE_PARAMETERS.includes(parameter))
      faults.push(`the field ${field.name} collides with the envelope's ${parameter}`);
    if (seen.has(parameter.toLowerCase())) faults.push(`two fields share the parameter name ${parameter}`);
    if (qualified.length > LIMITS.name) faults.push(`"${qualified}" is longer than ${LIMITS.name} characters`);
    seen.add(parameter.toLowerCase());
  }
  return faults;
}

function faultsOfExample(definition: EventDefinition): string[] {
  return validateEvent(definition, definition.example).map(
    ({ pointer, detail }) => `its own example is refused: ${pointer || 'the whole'} ${detail}`,
  );
}
