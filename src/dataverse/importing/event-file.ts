import type { EventClass } from '../../contract/event-class.js';
import type { EventDefinition } from '../../contract/event-definition.js';
import { type FieldDefinition, fieldsOf } from '../../contract/field-definition.js';
import { fieldWordFor } from './field-word.js';
import { brokenObject, type Literal, memberLine, typescriptLiteral } from './typescript-literal.js';

const WIDTH = 120;

/** The TypeScript file that declares an event type, as it stands in `src/events/`; loading it gives the definition again. */
export function eventFileFor(definition: EventDefinition): string {
  const nested = nestedClassesOf(definition.fields);
  const main = `${declarationOf(definition)}\nexport ${classText(definition.eventClass)}`;
  return `${[importsFor(definition.fields, nested), ...nested.map(classText), main].join('\n\n')}\n`;
}

/** Every class that fields are nested in, innermost first, each once. */
function nestedClassesOf(fields: readonly FieldDefinition[]): readonly EventClass[] {
  const found = fields.flatMap((field) => {
    if (!('itemClass' in field)) return [];
    const itemClass = field.itemClass();
    return [...nestedClassesOf(fieldsOf(itemClass)), itemClass];
  });
  return [...new Set(found)];
}

function importsFor(fields: readonly FieldDefinition[], nested: readonly EventClass[]): string {
  const all = [...fields, ...nested.flatMap(fieldsOf)];
  const words = [...new Set(all.map((field) => fieldWordFor(field).word))].sort();
  const onOneLine = `import { ${words.join(', ')} } from '../contract/fields.js';`;
  const broken = `import {\n${words.map((word) => `  ${word},\n`).join('')}} from '../contract/fields.js';`;
  return [
    "import { BusinessEvent } from '../contract/business-event.js';",
    onOneLine.length <= WIDTH ? onOneLine : broken,
  ].join('\n');
}

function declarationOf(definition: EventDefinition): string {
  const { name, version, summary, catalog, key, source, orderingKey, whenDead, messageName, displayName } = definition;
  const members: readonly (readonly [string, Literal])[] = [
    ['name', name],
    ['version', version],
    ['messageName', messageName],
    ['displayName', displayName],
    ['summary', summary],
    ['catalog', { ...catalog }],
    ['key', key],
    ['source', source],
    ['orderingKey', orderingKey],
    ['whenDead', whenDead === 'continue' ? null : whenDead],
  ];
  const lines = members.flatMap(([member, value]) => (value === null ? [] : [memberLine(member, value, 2)]));
  const example = `  example: ${brokenObject(definition.example as { readonly [name: string]: Literal }, 2)},`;
  return ['@BusinessEvent({', ...lines, example, '})'].join('\n');
}

function classText(eventClass: EventClass): string {
  return `class ${eventClass.name} {\n${fieldsOf(eventClass).map(fieldText).join('\n\n')}\n}`;
}

function fieldText(field: FieldDefinition): string {
  const { word, itemClass, options, type } = fieldWordFor(field);
  const before = `@${word}(${itemClass === null ? '' : `() => ${itemClass}, `}`;
  const argument = typescriptLiteral(options, { indent: 2, taken: before.length + 1 });
  return `  ${before}${argument})\n  readonly ${field.name}${field.required ? '!' : '?'}: ${type};`;
}
