import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsOptional, isObject, ValidateBy, ValidateNested } from 'class-validator';
import { type FieldDefinition, recordField } from './field-definition.js';
import { ruleFor } from './field-rule.js';
import { schemaOf } from './field-schema.js';

/** The options of every field word. */
export interface FieldOptions<O extends boolean> {
  /** The meaning, with its unit. Required: nobody can use a field that nobody explained. */
  readonly description: string;
  /** May be left out, or sent as null, which means the same. Belongs to a property with `?`. */
  readonly optional?: O;
  readonly example?: unknown;
  /** The parameter's name for makers, where it is not the property's name in words. */
  readonly displayName?: string;
}

/**
 * Decorates a property whose type is V. An optional word only fits a property with `?`, a required word only one
 * without; both are checked by the compiler.
 */
export type FieldDecorator<V, O extends boolean> = <T extends object, K extends keyof T & string>(
  target: O extends true
    ? object extends Pick<T, K>
      ? T & { readonly [P in K]?: V }
      : never
    : T & { readonly [P in K]: V },
  key: K,
) => void;

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/**
 * Expands one field word into our own definition, class-validator's rules and OpenAPI's schema, from the same facts.
 */
export function declareField<V, O extends boolean>(
  options: FieldOptions<O>,
  facts: Without<FieldDefinition, 'name' | 'description' | 'required' | 'displayName'>,
): FieldDecorator<V, O> {
  return (target: object, name: string) => {
    const required = options.optional !== true;
    const { description, displayName = null } = options;
    const field = { ...facts, name, description, required, displayName } as FieldDefinition;
    recordField(target, field);
    for (const decorate of [...validation(field), ApiProperty(property(field, options.example))]) {
      decorate(target, name);
    }
  };
}

/** `ValidateNested` would accept a null member in a list. */
const OBJECTS = ValidateBy(
  { name: 'members', validator: { validate: (member) => isObject(member), defaultMessage: () => 'must be objects' } },
  { each: true },
);

function validation(field: FieldDefinition): PropertyDecorator[] {
  const rule = ruleFor(field);
  const ofField = ValidateBy(
    { name: field.kind, validator: { validate: rule.accepts, defaultMessage: () => rule.expectation } },
    {},
  );
  const decorators = field.required ? [ofField] : [IsOptional(), ofField];
  if (!('itemClass' in field)) return decorators;
  return [...decorators, ...(field.kind === 'record' ? [] : [OBJECTS]), ValidateNested(), Type(field.itemClass)];
}

function property(field: FieldDefinition, example: unknown): ApiPropertyOptions {
  const common = {
    description: field.description,
    required: field.required,
    ...(field.required ? {} : { nullable: true }),
    ...(example === undefined ? {} : { example }),
  };
  if (!('itemClass' in field)) return { ...schemaOf(field), ...common } as ApiPropertyOptions;
  // A lazy type must be wrapped once more: `type: itemClass` emits an empty $ref.
  const type = () => field.itemClass();
  return field.kind === 'record' ? { type, ...common } : { type, isArray: true, maxItems: field.maxItems, ...common };
}
