import type { IncomingMessage } from 'node:http';

/** What of a request can prove who calls: everything it brings, by name, however often it is given. */
export interface HookHead {
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  /** Of each value every reading that is possible. */
  readonly parameters: ReadonlyMap<string, readonly (readonly string[])[]>;
}

/** Reads it from the request as it came: what frameworks make of it has lost what was given twice. */
export function hookHeadOf({ headersDistinct, url = '' }: Pick<IncomingMessage, 'headersDistinct' | 'url'>): HookHead {
  return { headers: headersDistinct, parameters: parametersOf(url) };
}

/**
 * A value is read as it stands, decoded, and decoded as forms are, where `+` is a space. How Dataverse writes secrets into
 * a query is not documented; keys in base64 and signatures that are percent-encoded already come out right in one of
 * the three.
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

/** The server has refused a query with an escape that is none; a pair of it can still be cut within one. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
