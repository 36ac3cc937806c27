import type { SampleEvent } from './sample-events.js';

/** How a till that was offline sends what it collected. */
export type BulkForm = 'batch' | 'lines';

/** What became of one of several events: its id, or the problem it was refused with. */
export type BulkResult = { readonly id: string } | { readonly problem: string };

export interface BulkRequest {
  readonly url: string;
  readonly apiKey: string;
  readonly events: readonly SampleEvent[];
  readonly form: BulkForm;
}

interface Item {
  readonly line?: number;
  readonly receipt?: { readonly id: string };
  readonly problem?: { readonly type: string };
}

const PATIENCE_MS = 15_000;

/**
 * Sends several events of one type at once. Results by the place of the event; those that were not answered are missing:
 * of them nobody knows whether they were stored.
 */
export async function postSeveral({
  url,
  apiKey,
  events,
  form,
}: BulkRequest): Promise<ReadonlyMap<number, BulkResult>> {
  const contents = events.map(({ content }) => content);
  const answer = await fetch(`${url}/v1/events/${events[0]?.slug}/batch`, {
    method: 'POST',
    headers: {
      'Content-Type': form === 'batch' ? 'application/json' : 'application/x-ndjson',
      Authorization: `Bearer ${apiKey}`,
    },
    body:
      form === 'batch' ? JSON.stringify({ events: contents }) : contents.map((one) => JSON.stringify(one)).join('\n'),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (answer.status >= 400) return new Map();
  return new Map((form === 'batch' ? await itemsOf(answer) : await linesOf(answer)).flatMap(resultOf));
}

async function itemsOf(answer: Response): Promise<readonly Item[]> {
  const { results } = (await answer.json()) as { readonly results: readonly Item[] };
  return results;
}

/** The lines that came whole: an answer that breaks off says of the others nothing. */
async function linesOf(answer: Response): Promise<readonly Item[]> {
  let text = '';
  try {
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) text += chunk;
  } catch {
    // The gateway died: what it answered before counts.
  }
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Item);
}

function resultOf({ line, receipt, problem }: Item, index: number): [number, BulkResult][] {
  const place = line === undefined ? index : line - 1;
  if (receipt !== undefined) return [[place, { id: receipt.id }]];
  return problem === undefined ? [] : [[place, { problem: problem.type }]];
}
