import type { Line } from './advisory-locks.js';

/** The line an event stands or stood in, as a list of none or one. */
export function lineOf(event: Omit<Line, 'orderingKey'> & { readonly orderingKey: string | null }): readonly Line[] {
  const { client, type, orderingKey } = event;
  return orderingKey === null ? [] : [{ client, type, orderingKey }];
}
