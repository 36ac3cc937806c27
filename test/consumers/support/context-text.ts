import { readFileSync } from 'node:fs';

const SAMPLE = readFileSync(
  new URL('../../../clients/remote-execution-context/examples/purchase.json', import.meta.url),
  'utf8',
);

export interface Told {
  readonly eventId?: string;
  readonly customer?: string;
  /** A number as it stands on the wire. */
  readonly amount?: string;
  readonly message?: string;
}

/** The sample's context with other content, as text: no number of it passes through JavaScript. */
export function contextText({ eventId, customer, amount, message }: Told = {}): string {
  return SAMPLE.replaceAll('019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70', eventId ?? '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70')
    .replace('C-100482', customer ?? 'C-100482')
    .replace('24.85', amount ?? '24.85')
    .replace('contoso_CustomerPurchase', message ?? 'contoso_CustomerPurchase');
}

/** As Dataverse leaves it where the whole would be too large: what names the event stays. */
export function strippedText(told: Told = {}): string {
  const {
    InputParameters: _,
    ParentContext: __,
    PreEntityImages: ___,
    PostEntityImages: ____,
    ...rest
  } = JSON.parse(contextText(told));
  return JSON.stringify(rest);
}
