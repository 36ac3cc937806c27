import type { FieldDefinition, NestedField, TextField } from '../../contract/field-definition.js';
import { assertNever } from '../../kernel/assert-never.js';
import { type Literal, typescriptLiteral } from './typescript-literal.js';

type Options = { readonly [name: string]: Literal };
type MaybeOptions = { readonly [name: string]: Literal | null };
type FieldOf<K extends FieldDefinition['kind']> = Extract<FieldDefinition, { readonly kind: K }>;

/** How a field is written down: `@word(() => itemClass, options) readonly name: type`. */
export interface FieldWord {
  readonly word: string;
  readonly itemClass: string | null;
  readonly options: Options;
  readonly type: string;
}

/** A word's own options, and the type of its property. */
interface OwnPart {
  readonly word: string;
  readonly own?: MaybeOptions;
  readonly type: string;
  readonly itemClass?: string;
}

/** The word of `contract/fields.ts` that declares a field, with its options; defaults are left out. */
export function fieldWordFor(field: FieldDefinition): FieldWord {
  const { word, own = {}, type, itemClass = null } = ownPartOf(field);
  const { required, displayName, description } = field;
  const options = { ...own, optional: required ? null : true, displayName, description };
  return { word, itemClass, options: present(options), type };
}

function ownPartOf(field: FieldDefinition): OwnPart {
  switch (field.kind) {
    case 'text':
      return { word: 'Text', own: textOptions(field), type: 'string' };
    case 'amount':
      return { word: 'Amount', type: 'string' };
    case 'decimal':
      return { word: 'Decimal', own: { decimals: unless(10, field.decimals) }, type: 'string' };
    case 'integer':
      return {
        word: 'Integer',
        own: range(field, { minimum: -2_147_483_648, maximum: 2_147_483_647 }),
        type: 'number',
      };
    case 'float':
      return {
        word: 'Float',
        own: range(field, { minimum: -Number.MAX_VALUE, maximum: Number.MAX_VALUE }),
        type: 'number',
      };
    case 'flag':
      return { word: 'Flag', type: 'boolean' };
    case 'instant':
      return { word: 'Instant', type: 'string' };
    case 'guid':
      return { word: 'Guid', type: 'string' };
    default:
      return structuredPartOf(field);
  }
}

function structuredPartOf(
  field: FieldOf<'label' | 'option' | 'textList' | 'reference' | NestedField['kind']>,
): OwnPart {
  switch (field.kind) {
    case 'label':
      return { word: 'Choice', own: { labels: field.labels }, type: field.labels.map(typeOfText).join(' | ') };
    case 'option':
      return { word: 'Option', own: { options: field.options }, type: Object.keys(field.options).join(' | ') };
    case 'textList':
      return {
        word: 'TextList',
        own: { maxItems: field.maxItems, maxLength: field.maxLength },
        type: 'readonly string[]',
      };
    case 'reference':
      return { word: 'Reference', own: { table: field.table }, type: 'string' };
    case 'record':
    case 'records':
    case 'lines':
      return nestedPartOf(field);
    default:
      return assertNever(field);
  }
}

function nestedPartOf({ kind, itemClass, maxItems, table }: NestedField): OwnPart {
  const { name } = itemClass();
  if (kind === 'record') return { word: 'RecordOf', itemClass: name, own: { table }, type: name };
  const word = kind === 'records' ? 'RecordsOf' : 'Lines';
  return { word, itemClass: name, own: { maxItems, table }, type: `readonly ${name}[]` };
}

function textOptions({ minLength, maxLength, format, pattern }: TextField): MaybeOptions {
  return { minLength: unless(1, minLength), maxLength, format, pattern };
}

function range(field: FieldOf<'integer' | 'float'>, usual: { readonly minimum: number; readonly maximum: number }) {
  return { minimum: unless(usual.minimum, field.minimum), maximum: unless(usual.maximum, field.maximum) };
}

/** Null where the word's default applies. */
function unless(usual: number, value: number): number | null {
  return value === usual ? null : value;
}

function typeOfText(text: string): string {
  return typescriptLiteral(text, { indent: 0, taken: 0 });
}

function present(options: MaybeOptions): Options {
  return Object.fromEntries(
    Object.entries(options).filter((option): option is [string, Literal] => option[1] !== null),
  );
}
