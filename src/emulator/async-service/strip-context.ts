import type { UnconfirmedPoints } from '../unconfirmed-points.js';
import { escapeSlashes } from './context/context-json.js';

/** What Dataverse removes from a context that is too large. Source: "Use webhooks", "Azure integration". */
const STRIPPED_MEMBERS = ['ParentContext', 'InputParameters', 'PreEntityImages', 'PostEntityImages'] as const;

/** A context in the form that can be sent: whole, or without the members that make it large. */
export interface FittedContext {
  readonly text: string;
  readonly stripped: boolean;
  /** Whether it is within the limit. */
  readonly fits: boolean;
}

/** Strips a context that has more bytes, in UTF-8, than `limitBytes`. */
export function fitContext(
  context: string,
  limitBytes: number,
  { strippedMembers }: Pick<UnconfirmedPoints, 'strippedMembers'>,
): FittedContext {
  if (Buffer.byteLength(context) <= limitBytes) return { text: context, stripped: false, fits: true };
  const members = JSON.parse(context) as Record<string, unknown>;
  for (const name of STRIPPED_MEMBERS) {
    if (strippedMembers === 'null') members[name] = null;
    else delete members[name];
  }
  const text = escapeSlashes(JSON.stringify(members));
  return { text, stripped: true, fits: Buffer.byteLength(text) <= limitBytes };
}
