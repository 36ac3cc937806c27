const LABEL = /^[A-Za-z0-9-]+$/;
const NAME = /^[A-Z][A-Za-z0-9]*$/;
const VERSION = /^v([1-9][0-9]*)$/;

/**
 * The word of the event type that a CloudEvents `type` names, or null where it cannot name one: `CustomerPurchase`,
 * `com.contoso.pos.CustomerPurchase` and `CustomerPurchase.v1` all mean `CustomerPurchase`. Only the catalog knows
 * whether there is such a type.
 */
export function eventTypeWord(type: string): string | null {
  const labels = type.split('.');
  const last = labels.pop() ?? '';
  const version = VERSION.exec(last)?.[1] ?? null;
  const name = version === null ? last : (labels.pop() ?? '');
  if (!NAME.test(name) || !labels.every((label) => LABEL.test(label))) return null;
  return version === null || version === '1' ? name : `${name}.v${version}`;
}
