interface Route {
  readonly path: RegExp;
  /** Whether the path has no parameters: then it takes precedence over every path with parameters that fits, too. */
  readonly isLiteral: boolean;
  readonly methods: readonly string[];
}

/** `:id` is always an event's id: a POST to an event type that nobody declared is then a 404, not a 405. */
const EVENT_ID = '[0-9a-f-]{36}';

/** Which methods exist at which paths: filled while routes are registered, asked when no route was found. */
export class RouteTable {
  private readonly routes: Route[] = [];

  /** `url` in the router's syntax: `:name` stands for one segment, `*` for the rest. */
  add(methods: string | readonly string[], url: string): void {
    const pattern = url
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:id\b/g, EVENT_ID)
      .replace(/:[A-Za-z0-9]+/g, '[^/]+')
      .replace('*', '.*');
    const path = new RegExp(`^${pattern}$`);
    this.routes.push({ path, isLiteral: !/[:*]/.test(url), methods: [methods].flat() });
  }

  /** The methods that exist at a path, sorted; empty where nothing exists. */
  methodsAt(path: string): readonly string[] {
    const fitting = this.routes.filter((route) => route.path.test(path));
    const literal = fitting.filter((route) => route.isLiteral);
    const methods = (literal.length > 0 ? literal : fitting).flatMap((route) => route.methods);
    return [...new Set(methods)].sort();
  }
}
