type Json = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Json;
  /** Where its schema stands in the document. */
  readonly pointer: string;
}

/** One operation of the OpenAPI document. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Where the schema of a body stands in the document, by media type. */
  readonly bodies: ReadonlyMap<string, string>;
  /** Where the schemas of the answers stand, by status and media type; a status without content has none. */
  readonly answers: ReadonlyMap<number, ReadonlyMap<string, string>>;
}

/** Every operation that a document describes. */
export function operationsOf(document: object): readonly Operation[] {
  const { paths } = document as { readonly paths: Record<string, Record<string, Json>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      operationOf(path, method, operation, `/paths/${token(path)}/${method}`),
    ),
  );
}

function operationOf(path: string, method: string, operation: Json, at: string): Operation {
  const {
    operationId,
    parameters = [],
    requestBody,
    responses,
  } = operation as {
    operationId: string;
    parameters?: readonly Json[];
    requestBody?: Json;
    responses: Record<string, Json>;
  };
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    parameters: parameters.map((parameter, index) => ({
      ...(parameter as unknown as Omit<Parameter, 'pointer'>),
      required: parameter.required === true,
      pointer: `${at}/parameters/${index}/schema`,
    })),
    bodies: schemasIn(requestBody, `${at}/requestBody`),
    answers: new Map(
      Object.entries(responses).map(([status, answer]) => [
        Number(status),
        schemasIn(answer, `${at}/responses/${status}`),
      ]),
    ),
  };
}

function schemasIn(holder: Json | undefined, at: string): ReadonlyMap<string, string> {
  const content = (holder?.content ?? {}) as Record<string, Json>;
  return new Map(Object.keys(content).map((type) => [type, `${at}/content/${token(type)}/schema`]));
}

/** One part of a pointer, ready to stand in a URI fragment. */
function token(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
