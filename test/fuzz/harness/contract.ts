import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Ajv as AjvType, ValidateFunction } from 'ajv';
import { isDate, isDateTime, isEmailAddress } from './contract-formats.js';
import type { Schema } from './draw-value.js';
import { type Operation, operationsOf } from './operation.js';

// Both packages are CommonJS with a default of their own: what an import gives differs between node and jest.
const require = createRequire(import.meta.url);
const { Ajv } = require('ajv') as { readonly Ajv: typeof AjvType };
const addFormats = require('ajv-formats') as (ajv: AjvType) => void;

const DOCUMENT = new URL('../../../openapi/openapi.json', import.meta.url);

/** Whether a value fits a schema; `either` where two careful readers may differ. */
export type SchemaVerdict = 'fits' | 'breaks' | 'either';

/** The committed OpenAPI document, read by ajv: what callers are told, whatever the gateway's own code thinks. */
export class Contract {
  readonly operations: readonly Operation[];
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly ajv: AjvType;
  private isUndecided = false;

  constructor(private readonly document = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as object) {
    this.ajv = new Ajv({ strict: false, validateFormats: true });
    addFormats(this.ajv);
    this.ajv.addFormat('date-time', isDateTime);
    this.ajv.addFormat('date', isDate);
    this.ajv.addFormat('email', (text) => {
      const verdict = isEmailAddress(text);
      this.isUndecided ||= verdict === null;
      return verdict !== false;
    });
    this.ajv.addSchema(withNulls(this.document) as object, 'contract');
    this.operations = operationsOf(this.document);
  }

  operation(id: string): Operation {
    const found = this.operations.find((operation) => operation.id === id);
    if (found === undefined) throw new Error(`the document has no operation ${id}`);
    return found;
  }

  /** The schema at a JSON pointer of the document, references followed. */
  schemaAt(pointer: string): Schema {
    let found: unknown = this.document;
    for (const token of pointer.split('/').slice(1)) {
      const name = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
      found = (found as Readonly<Record<string, unknown>>)[name];
    }
    return this.resolve(found as Schema);
  }

  /** A schema without references at its top. */
  readonly resolve = (schema: Schema): Schema => {
    if (schema.$ref !== undefined) return this.schemaAt(schema.$ref.slice(1));
    const { allOf, ...own } = schema;
    return allOf === undefined ? schema : Object.assign({}, ...allOf.map(this.resolve), own);
  };

  /** Judges a value by the schema at a JSON pointer of the document. */
  judge(pointer: string, value: unknown): SchemaVerdict {
    this.isUndecided = false;
    if (!this.validator(pointer)(value)) return 'breaks';
    return this.isUndecided ? 'either' : 'fits';
  }

  /** What is wrong with a value by the schema at a pointer, in words; null where nothing is. */
  explain(pointer: string, value: unknown): string | null {
    const validate = this.validator(pointer);
    return validate(value) ? null : this.ajv.errorsText(validate.errors);
  }

  private validator(pointer: string): ValidateFunction {
    const known = this.validators.get(pointer);
    if (known !== undefined) return known;
    const validate = this.ajv.compile({ $ref: `contract#${pointer}` });
    this.validators.set(pointer, validate);
    return validate;
  }
}

/** `nullable` beside a reference means "or null" to everybody who generates clients; to ajv it means nothing. */
function withNulls(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withNulls);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, withNulls(value)]),
  );
  if (nullable !== true) return nullable === undefined ? rest : { ...rest, nullable };
  return 'allOf' in rest || '$ref' in rest ? { anyOf: [rest, { type: 'null' }] } : { ...rest, nullable };
}
