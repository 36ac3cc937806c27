import type { IncomingMessage } from 'node:http';

/**
 * The part of a request that can prove its sender: all headers and parameters, by name, each as often as it is given.
 */
export interface HookHead {
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  /** Every possible reading of each value. */
  readonly parameters: ReadonlyMap<string, readonly (readonly string[])[]>;
}

/** Reads it from the request as it arrived: frameworks drop values that are given twice. */
export function hookHeadOf({ headersDistinct, url = '' }: Pick<IncomingMessage, 'headersDistinct' | 'url'>): HookHead {
  return { headers: headersDistinct, parameters: parametersOf(url) };
}

/**
 * A value is read unchanged, decoded, and decoded like a form, where `+` is a space. It is not documented how Dataverse
 * writes secrets into a query; one of these three readings is right for base64 keys and for signatures that are
 * percent-encoded already.
 */
function parametersOf(url: string): HookHead['parameters'] {
  const parameters = new Map<string, (readonly string[])[]>();
  const start = url.indexOf('?');
  for (const pair of start === -1 ? [] : url.slice(start + 1).split('&')) {
    const equals = pair.indexOf('=');
    const name = decoded(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? '' : pair.slice(equals + 1);
    const values = parameters.get(name) ?? [];
    parameters.set(name, values);
    values.push([value, decoded(value), decoded(value.replaceAll('+', ' '))]);
  }
  return parameters;
}

/** The server refused queries with invalid escapes; but cutting a pair can still cut an escape. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
