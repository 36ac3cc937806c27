/** A route that names one event by its id. */
export interface RouteWithId {
  readonly method: string;
  readonly path: string;
  /** Whoever is no operator learns nothing from it, of no event. */
  readonly isForOperators: boolean;
}

/** Every one there is; the document is held against it, so that a new one is not forgotten. */
export const ROUTES_WITH_ID: readonly RouteWithId[] = [
  { method: 'get', path: '/v1/events/{id}', isForOperators: false },
  { method: 'get', path: '/v1/events/{id}/attempts', isForOperators: false },
  { method: 'post', path: '/v1/events/{id}/cancel', isForOperators: true },
  { method: 'post', path: '/v1/events/{id}/replay', isForOperators: true },
];

/** Those that an OpenAPI document knows, by path. */
export function routesWithId(document: unknown): readonly RouteWithId[] {
  const { paths } = document as { readonly paths: Readonly<Record<string, object>> };
  return Object.entries(paths)
    .filter(([path]) => path.includes('{id}'))
    .flatMap(([path, item]) => Object.keys(item).map((method) => ({ method, path, isForOperators: method === 'post' })))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
