import type { EventCatalog } from '../../contract/event-catalog.js';
import type { Outbox, OutboxGauges } from '../../outbox/outbox.js';
import type { CliContext } from '../cli-context.js';
import { loadCatalog } from '../load-catalog.js';

/**
 * What to tell who asked for the events of a type that is neither defined nor was ever stored, and so is mistyped; null
 * for any other. "Nothing fits" would read as if nothing of the type had failed.
 */
export async function unknownType(
  context: CliContext,
  outbox: Outbox,
  type: string | undefined,
): Promise<string | null> {
  if (type === undefined) return null;
  const { catalog } = await loadCatalog(context);
  if (catalog.find(type) !== null) return null;
  const known = [...new Set([...catalog.types, ...storedTypes(await outbox.measure())])].sort();
  if (known.includes(type)) return null;
  const meant = meantBy(catalog, type, known);
  const question = meant === null ? '' : ` Is ${meant} meant?`;
  return `There is no event type ${JSON.stringify(type)}, neither defined nor stored.${question} Known: ${known.join(', ')}.`;
}

/** Types whose definition is gone may have events; those that retention removed count as well. */
function storedTypes({ counts, removed }: OutboxGauges): readonly string[] {
  return [...counts, ...removed].map(({ type }) => type);
}

/** Paths write a type in another way than filters, and a word is soon written in other letters. */
function meantBy({ definitions }: EventCatalog, given: string, known: readonly string[]): string | null {
  const bySlug = definitions.find(({ slug }) => slug === given)?.type;
  return bySlug ?? known.find((type) => type.toLowerCase() === given.toLowerCase()) ?? null;
}
