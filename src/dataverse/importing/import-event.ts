import { customApiFor } from '../../contract/custom-api.js';
import { faultsOfDefinition } from '../../contract/definition-faults.js';
import type { EventDefinition } from '../../contract/event-definition.js';
import { type AskedRoles, chooseRoles } from './choose-roles.js';
import { clashesOf } from './clashes-of.js';
import { definitionFrom } from './definition-from.js';
import { eventNameFor } from './event-name.js';
import { placeOf } from './place-of.js';
import { refusalsOf } from './refusals.js';
import type { RegisteredApi } from './registered-api.js';
import type { Remark } from './remark.js';
import { whatBecomesOfPlace } from './what-becomes-of-place.js';
import { whatPlanWillSay } from './what-plan-will-say.js';
import { whatToFillIn } from './what-to-fill-in.js';

export interface ImportChoices extends AskedRoles {
  readonly prefix: string;
  /** The event's name, or null for the one that the unique name suggests. */
  readonly name: string | null;
  /** Where it is to be cataloged, or null for where it is now. */
  readonly catalog: { readonly root: string; readonly category: string } | null;
  /** Optional parameters that the definition leaves out. */
  readonly without: readonly string[];
  /** The existing event types. */
  readonly known: readonly EventDefinition[];
}

export type ImportVerdict =
  | { readonly kind: 'imported'; readonly definition: EventDefinition; readonly remarks: readonly Remark[] }
  | { readonly kind: 'refused'; readonly refusals: readonly Remark[] };

/** The definition of the event type for a registered API, or all reasons why there cannot be one. */
export function importEvent(api: RegisteredApi, choices: ImportChoices): ImportVerdict {
  const name = eventNameFor(api, choices.name);
  const verdict = chooseRoles(api, `${name.name} ${api.uniqueName}`, choices);
  const catalog = choices.catalog ?? placeOf(api, choices.prefix);
  const refusals = [
    ...refusalsOf(api, choices.prefix, choices.without),
    ...(catalog === null ? [nowhere(api)] : []),
    ...(verdict.kind === 'refused' ? verdict.refusals : []),
  ];
  if (refusals.length > 0 || verdict.kind === 'refused' || catalog === null) return { kind: 'refused', refusals };
  const definition = definitionFrom(api, { name, catalog, roles: verdict.roles, without: choices.without });
  const faults = faultsOfDefinition(definition, choices.prefix);
  if (faults.length > 0) return { kind: 'refused', refusals: faults.map((fault) => unfit(api, fault)) };
  const clashes = clashesOf(api, definition, choices);
  if (clashes.length > 0) return { kind: 'refused', refusals: clashes };
  const remarks = [
    ...whatToFillIn(api, definition),
    ...whatPlanWillSay(api, customApiFor(definition, choices.prefix)),
    ...(choices.catalog === null ? whatBecomesOfPlace(api, catalog, choices.prefix) : []),
  ];
  return { kind: 'imported', definition, remarks };
}

function nowhere({ uniqueName: about }: RegisteredApi): Remark {
  return {
    about,
    what: 'it is in no catalog',
    why: 'Makers find events by catalog and category; flows see no others.',
    advice: 'Say where it belongs: --catalog <root> --category <category>.',
  };
}

function unfit({ uniqueName: about }: RegisteredApi, what: string): Remark {
  const [, advice = OTHERWISE] = ADVICE.find(([pattern]) => pattern.test(what)) ?? [];
  return { about, what, why: 'The gateway would refuse to start with such a definition.', advice };
}

/** For each fault of a definition, the option that avoids it. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/^the name .* is not PascalCase$/s, 'Choose another --name.'],
  [/^catalog\./, 'Choose another place: --catalog <root> --category <category>.'],
];

const OTHERWISE =
  'Where an optional parameter is the cause, leave it out with --without; else change it where it is registered, or write a definition of your own.';
