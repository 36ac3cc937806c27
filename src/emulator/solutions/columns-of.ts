import type { ColumnDefinition, TableDefinition } from '../tables/table-definition.js';
import { importRefused } from './refusals.js';
import { childOf, type XmlElement } from './xml-element.js';

/**
 * The columns in an element, in the form of a create's body. An empty element is null. Throws `ImportRefusedError` for
 * an element that is no column of the table, or has a value that the column cannot hold. `references` are the elements
 * that name other rows.
 */
export function columnsOf(
  element: XmlElement,
  table: TableDefinition,
  { path, references = [] }: { readonly path: string; readonly references?: readonly string[] },
): Readonly<Record<string, unknown>> {
  const columns = element.children.filter(({ name }) => !references.includes(name));
  const cells = columns.map(
    (child) => [child.name, cellOf(child, columnOf(child, element, table, path), path)] as const,
  );
  return Object.fromEntries(cells);
}

function columnOf(child: XmlElement, parent: XmlElement, table: TableDefinition, path: string): ColumnDefinition {
  const column = table.columns.find(({ name, onCreate = true }) => name === child.name && onCreate);
  if (column !== undefined) return column;
  throw importRefused.invalid(path, `The element '${parent.name}' has invalid child element '${child.name}'.`);
}

function cellOf(element: XmlElement, { type }: ColumnDefinition, path: string): unknown {
  const text = textOf(element);
  if (text === '') return null;
  const value = converted(text, type);
  if (value !== undefined) return value;
  throw importRefused.invalid(path, `The '${element.name}' element is invalid - The value '${text}' is invalid.`);
}

/** Localized texts stand in attributes: the organization's language is the default's. */
function textOf(element: XmlElement): string {
  return element.attributes.get('default') ?? childOf(element, 'label')?.attributes.get('description') ?? element.text;
}

function converted(text: string, type: ColumnDefinition['type']): unknown {
  switch (type) {
    case 'boolean':
      return flag(text);
    case 'managed-property': {
      const value = flag(text);
      return value === undefined ? undefined : { Value: value };
    }
    case 'integer':
    case 'bigint':
    case 'picklist':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
    case 'decimal':
      return Number.isFinite(Number(text)) ? Number(text) : undefined;
    default:
      return text;
  }
}

function flag(text: string): boolean | undefined {
  return text === '0' || text === '1' ? text === '1' : undefined;
}
