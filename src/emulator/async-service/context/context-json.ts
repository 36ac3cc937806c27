/** A type that TypeScript's library does not have yet: JSON text that `JSON.stringify` writes unchanged. */
type JsonWithRaw = typeof JSON & { rawJSON(text: string): unknown };

/** A number that is written digit for digit: a till's 24.850 is not 24.85. */
export class Literal {
  constructor(readonly text: string) {}

  toJSON(): unknown {
    return (JSON as JsonWithRaw).rawJSON(this.text);
  }
}

/** The values that a context is made of before it is text. Members are written in their order. */
export type ContextValue =
  | string
  | number
  | boolean
  | null
  | Literal
  | readonly ContextValue[]
  | { readonly [member: string]: ContextValue };

/** JSON as .NET's DataContractJsonSerializer writes it: slashes and special characters are escaped. */
export function contextJson(value: ContextValue): string {
  return escapeSlashes(JSON.stringify(value));
}

/** The JSON document with slashes, surrogates and Unicode's line breaks escaped, which only occur within strings. */
export function escapeSlashes(json: string): string {
  return json
    .replaceAll('/', '\\/')
    .replace(
      /[\u0085\u2028\u2029\ud800-\udfff\ufffe\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
