import type { Query } from './query.js';

/** `@odata.context` of rows: the set, and what was selected and expanded. */
export function contextOf(serviceRoot: string, setName: string, query: Query): string {
  const shown = shownBy(query);
  return `${serviceRoot}/$metadata#${setName}${shown === '' ? '' : `(${shown})`}`;
}

function shownBy({ select, expand }: Query): string {
  return [...(select ?? []), ...expand.map(({ navigation, query }) => `${navigation}(${shownBy(query)})`)].join(',');
}
