import type { RegisteredApi } from './registered-api.js';

/** The event's name at the gateway, and the name of its custom API where that differs. */
export interface EventName {
  readonly name: string;
  readonly version: number;
  /** Without prefix; null where it follows from name and version. */
  readonly messageName: string | null;
}

/**
 * `contoso_CustomerPurchaseV2` is version 2 of `CustomerPurchase`; `contoso_OnCustomerPurchase` is named by Microsoft's
 * advice and carries `CustomerPurchase`. A process action keeps its message, so its custom API gets another.
 */
export function eventNameFor({ kind, uniqueName }: RegisteredApi, asked: string | null): EventName {
  const stem = uniqueName.slice(uniqueName.indexOf('_') + 1);
  const read = /^(?:On(?=[A-Z]))?(.+?)(?:V([2-9]|[1-9]\d+))?$/.exec(stem);
  const [, base = stem, digits = '1'] = read ?? [];
  const name = asked ?? pascalCase(base);
  const version = asked === null ? Number(digits) : 1;
  const usual = version === 1 ? name : `${name}V${version}`;
  const message = kind === 'custom-api' ? stem : messageBeside(stem);
  return { name, version, messageName: message === usual ? null : message };
}

/** A message name that is not the process action's own. */
function messageBeside(stem: string): string {
  const name = pascalCase(stem);
  return name.startsWith('On') ? `${name}Event` : `On${name}`;
}

function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}
