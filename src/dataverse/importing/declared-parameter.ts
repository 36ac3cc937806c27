import { spaced } from '../../contract/custom-api.js';
import type { EventClass } from '../../contract/event-class.js';
import * as words from '../../contract/fields.js';
import { ParameterType } from '../../contract/parameter-type.js';
import { classNameFor } from './class-name.js';
import type { RegisteredParameter } from './registered-api.js';
import type { Literal } from './typescript-literal.js';

/** Writes a field on a class, as the word before a property does. */
type Declare = (prototype: object, name: string) => void;

/** A parameter as a field of a definition. */
export interface DeclaredParameter {
  readonly declare: Declare;
  readonly example: Literal;
}

interface Given {
  readonly parameter: RegisteredParameter;
  readonly common: { readonly description: string; readonly displayName?: string; readonly optional?: true };
  /** In characters; Dataverse names no limit. */
  readonly maxLength: number;
  /** Begins the names of nested classes: in OpenAPI all event types' classes stand side by side. */
  readonly className: string;
}

const GUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const MAX_ITEMS = 100;

/** Keys, sources and ordering keys are texts of at most 255 characters. */
const ROLE_LENGTH = 255;
const TEXT_LENGTH = 2000;

/** The field for a parameter. Its type has to be one of the thirteen, and a reference has to have a table. */
export function declaredParameter(
  parameter: RegisteredParameter,
  type: ParameterType,
  { className, hasRole }: { readonly className: string; readonly hasRole: boolean },
): DeclaredParameter {
  const { uniqueName, displayName, isOptional } = parameter;
  const inWords = spaced(uniqueName);
  const common = {
    description: textOr(parameter.description, inWords),
    ...(textOr(displayName, inWords) === inWords ? {} : { displayName }),
    ...(isOptional ? ({ optional: true } as const) : {}),
  };
  return WORDS[type]({ parameter, common, maxLength: hasRole ? ROLE_LENGTH : TEXT_LENGTH, className });
}

/** Dataverse accepts a text of blanks where a definition does not. */
function textOr(text: string, other: string): string {
  return text.trim() === '' ? other : text;
}

const WORDS: Record<ParameterType, (given: Given) => DeclaredParameter> = {
  [ParameterType.Boolean]: ({ common }) => declared(words.Flag(common), true),
  [ParameterType.DateTime]: ({ common }) => declared(words.Instant(common), '2026-11-22T10:00:00Z'),
  [ParameterType.Decimal]: ({ common }) => declared(words.Decimal(common), '1.5'),
  [ParameterType.Entity]: (given) => {
    const { itemClass, example } = nestedClassFor(given);
    return declared(words.RecordOf(itemClass, { ...tableOf(given), ...given.common }), example);
  },
  [ParameterType.EntityCollection]: (given) => {
    const { itemClass, example } = nestedClassFor(given);
    return declared(words.RecordsOf(itemClass, { maxItems: MAX_ITEMS, ...tableOf(given), ...given.common }), [example]);
  },
  [ParameterType.EntityReference]: ({ common, parameter }) =>
    declared(words.Reference({ table: parameter.logicalEntityName ?? '', ...common }), GUID),
  [ParameterType.Float]: ({ common }) => declared(words.Float(common), 1.5),
  [ParameterType.Integer]: ({ common }) => declared(words.Integer(common), 1),
  [ParameterType.Money]: ({ common }) => declared(words.Amount(common), '12.50'),
  [ParameterType.Picklist]: ({ common }) => declared(words.Option({ options: { 1: 'First option' }, ...common }), 1),
  [ParameterType.String]: ({ common, maxLength, parameter }) =>
    declared(words.Text({ maxLength, ...common }), exampleText(parameter)),
  [ParameterType.StringArray]: ({ common, parameter }) =>
    declared(words.TextList({ maxItems: MAX_ITEMS, maxLength: ROLE_LENGTH, ...common }), [exampleText(parameter)]),
  [ParameterType.Guid]: ({ common }) => declared(words.Guid(common), GUID),
};

/** The compiler checks a word against the class it stands in; here there is no such class. */
function declared(decorate: unknown, example: Literal): DeclaredParameter {
  return { declare: decorate as Declare, example };
}

function tableOf({ parameter: { logicalEntityName } }: Given): { readonly table?: string } {
  return logicalEntityName === null ? {} : { table: logicalEntityName };
}

/** `purchase-id-1` */
function exampleText({ uniqueName }: RegisteredParameter): string {
  return `${spaced(uniqueName).toLowerCase().replaceAll(' ', '-').slice(0, 100)}-1`;
}

/**
 * The content of a record parameter is not registered anywhere, but a definition has to name members: this makes one to
 * begin with, or the row's id where the parameter has a table.
 */
function nestedClassFor({ parameter, className }: Given): { itemClass: () => EventClass; example: Literal } {
  const { uniqueName, logicalEntityName: table } = parameter;
  const nested = namedClass(classNameFor(className + uniqueName));
  const [member, { declare, example }] =
    table === null
      ? ['name', declared(words.Text({ maxLength: ROLE_LENGTH, optional: true, description: 'A name.' }), 'A name')]
      : [`${table}id`, declared(words.Guid({ optional: true, description: 'Identifies the row.' }), GUID)];
  declare(nested.prototype, member);
  return { itemClass: () => nested, example: { [member]: example } };
}

/** An empty class with a name that is only known now. */
export function namedClass(name: string): EventClass {
  return { [name]: class {} }[name] as EventClass;
}
