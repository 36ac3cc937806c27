import { isUtf8 } from 'node:buffer';
import type { CustomApi, RequestParameter } from '../../contract/custom-api.js';
import type { ExactJson } from '../received/received-call.js';
import type { Answer } from '../server/answer.js';
import type { UnconfirmedPoints } from '../unconfirmed-points.js';
import { missingParameter, payloadError, unknownParameter, unsupportedContent } from './api-errors.js';
import { refuseValue, type Tolerance } from './edm/refuse-value.js';
import { type ExactValue, isObject, parseExactJson, withLiterals } from './exact-json.js';

/** The body of a custom API call, judged. */
export type ReadParameters =
  | { readonly kind: 'read'; readonly parameters: { readonly [name: string]: ExactJson }; readonly input: Input }
  | { readonly kind: 'refused'; readonly answer: Answer };

/** The parameters in the order of the body, every number with its digits. */
export type Input = readonly (readonly [name: string, value: ExactValue])[];

/** A body and the content type that its request states. */
export interface ParameterBody {
  readonly body: Buffer;
  readonly contentType: string;
}

/** Reads a body against the custom API's definition, and reports the first fault in the order in which OData reads. */
export function readParameters(given: ParameterBody, api: CustomApi, points: UnconfirmedPoints): ReadParameters {
  if (given.body.length > 0 && !/^application\/json\s*(;|$)/i.test(given.contentType)) {
    return refused(unsupportedContent(given.contentType));
  }
  const members = readMembers(given.body);
  if (typeof members === 'string') return refused(payloadError(members));
  const asStrings = points.numbersAsStrings || /IEEE754Compatible=true/i.test(given.contentType);
  const answer =
    refuseMembers(members, api, { ...points, numbersAsStrings: asStrings }) ?? refuseGaps(members, api, points);
  return answer === null ? kept(members, points) : refused(answer);
}

/** The members of the body's object, or OData's exception about it. An empty body is an empty object. */
function readMembers(body: Buffer): { readonly [name: string]: ExactValue } | string {
  if (body.length === 0) return {};
  if (!isUtf8(body)) return 'System.Text.DecoderFallbackException: Unable to translate bytes to Unicode.';
  try {
    const value = parseExactJson(body.toString('utf8'));
    if (isObject(value)) return value;
  } catch {
    return 'Microsoft.OData.ODataException: Invalid JSON. An unexpected token was found when reading the payload.';
  }
  return "Microsoft.OData.ODataException: An unexpected node was found when reading from the JSON reader. A 'StartObject' node was expected.";
}

function refuseMembers(
  members: { readonly [name: string]: ExactValue },
  api: CustomApi,
  points: UnconfirmedPoints,
): Answer | null {
  const declared = new Map(api.requestParameters.map((parameter) => [parameter.uniqueName, parameter]));
  for (const [name, value] of Object.entries(members)) {
    const parameter = declared.get(name.split('@')[0] ?? name);
    if (parameter === undefined && name.startsWith('@')) continue;
    if (parameter === undefined) return unknownParameter(points.unknownParameterCode, name, api.uniqueName);
    const exception = name.includes('@') ? null : refuseParameter(parameter, value, points);
    if (exception !== null) return payloadError(exception);
  }
  return null;
}

function refuseParameter(parameter: RequestParameter, value: ExactValue, tolerance: Tolerance): string | null {
  if (value !== null) return refuseValue(parameter, value, tolerance);
  if (parameter.isOptional) return null;
  return `Microsoft.OData.ODataException: A null value was found for the property named '${parameter.uniqueName}', which does not allow null values.`;
}

function refuseGaps(
  members: { readonly [name: string]: ExactValue },
  api: CustomApi,
  points: UnconfirmedPoints,
): Answer | null {
  const missing = api.requestParameters.find(
    ({ uniqueName, isOptional }) => !isOptional && !Object.hasOwn(members, uniqueName),
  );
  return missing === undefined
    ? null
    : missingParameter(points.missingParameterCode, missing.uniqueName, api.uniqueName);
}

function kept(
  members: { readonly [name: string]: ExactValue },
  { keepsNullParameters }: UnconfirmedPoints,
): ReadParameters {
  const input = Object.entries(members).filter(
    ([name, value]) => !name.includes('@') && (value !== null || keepsNullParameters),
  );
  return {
    kind: 'read',
    parameters: Object.fromEntries(input.map(([name, value]) => [name, withLiterals(value)])),
    input,
  };
}

function refused(answer: Answer): ReadParameters {
  return { kind: 'refused', answer };
}
