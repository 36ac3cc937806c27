import type { LookupDefinition, TableDefinition } from '../table-definition.js';
import type { Refusal } from '../write-result.js';

/** A body that OData cannot read; the name of the set is empty where it is of none. The text in front, with its spaces, is Dataverse's. */
export function unreadable({ setName }: Pick<TableDefinition, 'setName'>, exception: string): Refusal {
  return {
    status: 400,
    code: '0x80048d19',
    message: `Error identified in Payload provided by the user for Entity :'${setName}', For more information on this error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : ${exception}`,
  };
}

export function unknownProperty(table: TableDefinition, name: string): Refusal {
  const type = `Microsoft.Dynamics.CRM.${table.logicalName}`;
  return unreadable(
    table,
    `Microsoft.Crm.CrmException: Invalid property '${name}' was found in entity '${type}'. ---> Microsoft.OData.ODataException: Does not support untyped value in non-open type.`,
  );
}

export function unknownNavigation(table: TableDefinition, name: string): Refusal {
  return unreadable(
    table,
    `Microsoft.OData.ODataException: An undeclared property '${name}' which only has property annotations in the payload but no property value was found in the payload. In OData, only declared navigation properties and declared named streams can be represented as properties without values.`,
  );
}

export function cannotConvert(table: TableDefinition, value: unknown, edmType: string): Refusal {
  return unreadable(
    table,
    `Microsoft.OData.ODataException: Cannot convert the literal '${typeof value === 'string' ? value : JSON.stringify(value)}' to the expected type '${edmType}'.`,
  );
}

/** A lookup's column written as if it were a plain one. */
export function lookupWrittenDirectly(): Refusal {
  return {
    status: 400,
    code: '0x80060888',
    message: 'CRM do not support direct update of Entity Reference properties, Use Navigation properties instead.',
  };
}

export function tooLong(table: TableDefinition, column: string, maxLength: number): Refusal {
  return {
    status: 400,
    code: '0x80044331',
    message: `A validation error occurred.  The length of the '${column}' attribute of the '${table.logicalName}' entity exceeded the maximum allowed length of '${maxLength}'.`,
  };
}

export function outOfRange(table: TableDefinition, column: string, value: unknown): Refusal {
  return {
    status: 400,
    code: '0x8004431a',
    message: `A validation error occurred.  The value ${value} of '${column}' on record of type '${table.logicalName}' is outside the valid range.`,
  };
}

export function missing(table: TableDefinition, column: string, verb: 'Create' | 'Update'): Refusal {
  return invalid(`Required field '${column}' is missing for RequestName='${verb}${table.schemaName}'`);
}

/**
 * A column, or a relationship, that is fixed once the row exists. The code is the most likely one, not a captured one.
 */
export function immutable(table: TableDefinition, column: string): Refusal {
  return invalid(
    `The '${column}' attribute of the '${table.logicalName}' entity cannot be changed after it is created.`,
  );
}

/** InvalidArgument: what Dataverse says where no code fits better. */
export function invalid(message: string): Refusal {
  return { status: 400, code: '0x80040203', message };
}

export function notFound(table: TableDefinition, id: string): Refusal {
  return { status: 404, code: '0x80040217', message: `Entity '${table.schemaName}' With Id = ${id} Does Not Exist` };
}

/** No row has the values that an alternate key names. */
export function notFoundByKey({ logicalName }: TableDefinition): Refusal {
  const message = `A record with the specified key values does not exist in ${logicalName} entity`;
  return { status: 404, code: '0x80060891', message };
}

export function duplicateId(): Refusal {
  return { status: 412, code: '0x80040237', message: 'A record with matching key values already exists.' };
}

export function duplicateKey(table: TableDefinition, columns: readonly string[]): Refusal {
  const values = columns.join(',');
  return {
    status: 412,
    code: '0x80060892',
    message: `Entity Key ${table.schemaName} Export Key violated. A record with the same value for ${values} already exists. A duplicate record cannot be created. Select one or more unique values and try again.`,
  };
}

/** A table of which the Web API offers no such message. */
export function notSupported(table: TableDefinition, verb: string): Refusal {
  return {
    status: 405,
    code: '0x80040800',
    message: `The '${verb}' method does not support entities of type '${table.logicalName}'.`,
  };
}

/** CannotDeleteInUseComponent. */
export function inUse(table: TableDefinition, id: string, references: number): Refusal {
  return {
    status: 400,
    code: '0x8004f01f',
    message: `The ${table.schemaName}(${id}) component cannot be deleted because it is referenced by ${references} other components. For a list of referenced components, use the RetrieveDependenciesForDeleteRequest.`,
  };
}

/** CannotDeleteDueToAssociation: 405 is what the documentation lists it under. */
export function associated(): Refusal {
  return {
    status: 405,
    code: '0x80040227',
    message: 'The object you tried to delete is associated with another object and cannot be deleted.',
  };
}

export function wrongTarget(table: TableDefinition, lookup: LookupDefinition, address: string): Refusal {
  return unreadable(
    table,
    `Microsoft.OData.ODataException: The address '${address}' does not fit the navigation property '${lookup.navigation}', which takes '${lookup.target}'.`,
  );
}
