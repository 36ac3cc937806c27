import { parameterName } from '../../contract/custom-api.js';
import type { EventDefinition } from '../../contract/event-definition.js';
import type { FieldDefinition } from '../../contract/field-definition.js';
import type { RegisteredApi } from './registered-api.js';
import type { Remark } from './remark.js';

/** What no environment knows about an event type: the file begins with placeholders for it. */
export function whatToFillIn(api: RegisteredApi, definition: EventDefinition): readonly Remark[] {
  const { fields } = definition;
  const chosen = new Map(api.parameters.map(({ uniqueName, chosen: why }) => [uniqueName, why]));
  return [
    ...fields.flatMap((field) => ofField(field)),
    ...fields.flatMap((field) => ofChoice(parameterName(field), chosen.get(parameterName(field)) ?? null)),
    ...ofTexts(definition),
  ];
}

function ofField(field: FieldDefinition): readonly Remark[] {
  const about = parameterName(field);
  const why = 'Dataverse does not register it; the gateway refuses what a definition does not allow.';
  if (field.kind === 'option') {
    return [{ about, what: 'which options it takes is not known', why, advice: 'Write them in place of { 1: ... }.' }];
  }
  if (field.kind === 'record' || field.kind === 'records') {
    const advice = `Give the class ${field.itemClass().name} the members that are sent; it has one to begin with.`;
    return [{ about, what: 'what its records hold is not known', why, advice }];
  }
  return [];
}

function ofChoice(about: string, chosen: string | null): readonly Remark[] {
  if (chosen === null) return [];
  const why = '$metadata shows several types of parameters alike.';
  return [{ about, what: chosen, why, advice: 'Use the other word where that is meant.' }];
}

function ofTexts({ type, fields }: EventDefinition): readonly Remark[] {
  const texts = fields.filter((field) => field.kind === 'text' || field.kind === 'textList').map(parameterName);
  if (texts.length === 0) return [];
  return [
    {
      about: type,
      what: `how long ${texts.join(', ')} may be was chosen here, and the example was made up`,
      why: 'Dataverse registers no lengths and no examples; OpenAPI shows both to those who publish.',
      advice: 'Set maxLength, pattern and the example to what the systems send.',
    },
  ];
}
