/** The namespace that receipts come from, and the queue or subscription in it. */
export interface ServiceBusSource {
  /** Contains a key: it goes to the SDK and nowhere else. */
  readonly connectionString: string;
  readonly source:
    | { readonly kind: 'queue'; readonly queue: string }
    | { readonly kind: 'subscription'; readonly topic: string; readonly subscription: string };
}

/** The source of receipts, as logs name it: without the namespace's key. */
export function sourceName({ source }: ServiceBusSource): string {
  if (source.kind === 'queue') return `queue ${source.queue}`;
  return `subscription ${source.subscription} of topic ${source.topic}`;
}
