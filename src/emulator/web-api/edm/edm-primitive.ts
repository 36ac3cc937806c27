import { ExactNumber, type ExactValue } from '../exact-json.js';
import { isDateTimeOffset } from './date-time-offset.js';

/** The Edm types of custom API parameters that are not objects. */
export type EdmPrimitive =
  | 'Edm.Boolean'
  | 'Edm.DateTimeOffset'
  | 'Edm.Decimal'
  | 'Edm.Double'
  | 'Edm.Guid'
  | 'Edm.Int32'
  | 'Edm.Int64'
  | 'Edm.String';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DECIMAL = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const WHOLE = /^-?\d+$/;
/** The range of .NET's decimal is 2^96 - 1 either way. */
const DECIMAL_LIMIT = 79_228_162_514_264_337_593_543_950_335n;

/** Null, or why OData refuses a value for a type: the text of its exception. */
export function refusePrimitive(type: EdmPrimitive, value: ExactValue, numbersAsStrings: boolean): string | null {
  if (Array.isArray(value)) return unexpectedNode('StartArray');
  if (typeof value === 'object' && value !== null && !(value instanceof ExactNumber))
    return unexpectedNode('StartObject');
  const isTaken = value !== null && fits(type, value as string | boolean | ExactNumber, numbersAsStrings);
  return isTaken ? null : cannotConvert(value as string | boolean | ExactNumber | null, type);
}

/** The exception for a value of the wrong type, as captured: with the inner exception of .NET. */
function cannotConvert(value: string | boolean | ExactNumber | null, type: EdmPrimitive): string {
  if (typeof value === 'string' && type === 'Edm.DateTimeOffset' && isDateTimeOffset(`${value}Z`)) {
    return `Microsoft.OData.ODataException: The time zone information is missing on the DateTimeOffset value '${value}'. A DateTimeOffset value must contain the time zone information.`;
  }
  const literal = value instanceof ExactNumber ? value.literal : `${value}`;
  return `Microsoft.OData.ODataException: Cannot convert the literal '${literal}' to the expected type '${type}'. ---> System.FormatException: Input string was not in a correct format.\r\n   at Microsoft.OData.Json.ODataJsonReaderCoreUtils.ConvertValue`;
}

/** The exception for an array or an object where a primitive value belongs, and the other way round. */
export function unexpectedNode(
  found: 'StartArray' | 'StartObject' | 'PrimitiveValue',
  expected = 'PrimitiveValue',
): string {
  return `Microsoft.OData.ODataException: An unexpected '${found}' node was found when reading from the JSON reader. A '${expected}' node was expected.`;
}

function fits(type: EdmPrimitive, value: string | boolean | ExactNumber, numbersAsStrings: boolean): boolean {
  switch (type) {
    case 'Edm.Boolean':
      return typeof value === 'boolean';
    case 'Edm.String':
      return typeof value === 'string';
    case 'Edm.Guid':
      return typeof value === 'string' && GUID.test(value);
    case 'Edm.DateTimeOffset':
      return typeof value === 'string' && isDateTimeOffset(value);
    default:
      return isNumber(type, value, numbersAsStrings);
  }
}

function isNumber(
  type: 'Edm.Decimal' | 'Edm.Double' | 'Edm.Int32' | 'Edm.Int64',
  value: string | boolean | ExactNumber,
  numbersAsStrings: boolean,
): boolean {
  if (type === 'Edm.Double' && (value === 'INF' || value === '-INF' || value === 'NaN')) return true;
  const literal = value instanceof ExactNumber ? value.literal : value;
  if (typeof literal !== 'string' || (literal === value && !numbersAsStrings) || !DECIMAL.test(literal)) return false;
  switch (type) {
    case 'Edm.Double':
      return Number.isFinite(Number(literal));
    case 'Edm.Decimal':
      return isDecimal(literal);
    case 'Edm.Int32':
      return WHOLE.test(literal) && BigInt(literal) === BigInt.asIntN(32, BigInt(literal));
    case 'Edm.Int64':
      return WHOLE.test(literal) && BigInt(literal) === BigInt.asIntN(64, BigInt(literal));
  }
}

function isDecimal(literal: string): boolean {
  const [whole = '0'] = literal.split(/[.eE]/);
  if (/[eE]/.test(literal)) return Math.abs(Number(literal)) < Number(DECIMAL_LIMIT);
  return whole.length <= 30 && BigInt(whole.replace('-', '')) <= DECIMAL_LIMIT;
}
