/** One request to the Web API. */
export interface TableRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the root of the Web API, without a slash in front: `customapis?$select=name`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether it may run twice. */
  readonly repeatable: boolean;
  /** Texts within the body that no error may show. */
  readonly secrets?: readonly string[];
}
