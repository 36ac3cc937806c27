import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { importRefused } from './refusals.js';

/** An element as it stands in a package's file. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** Reads a document's root. Throws `ImportRefusedError` where it is not well formed, or contains a DTD. */
export function readXml(path: string, document: string): XmlElement {
  const text = document.replace(/^\uFEFF/, '');
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw importRefused.notWellFormed(path, verdict.err.msg);
  if (/<!DOCTYPE/i.test(text)) throw importRefused.notWellFormed(path, 'For security reasons DTD is prohibited.');
  const [root] = elementsOf(parser.parse(text) as readonly ParsedNode[]);
  if (root === undefined) throw importRefused.notWellFormed(path, 'Root element is missing.');
  return root;
}

/** The only child of this name, or undefined. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

const ATTRIBUTES = ':@';
const TEXT = '#text';

type ParsedNode = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

function elementsOf(nodes: readonly ParsedNode[]): readonly XmlElement[] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ATTRIBUTES);
    if (name === undefined || name === TEXT) return [];
    const children = node[name] as readonly ParsedNode[];
    const attributes = new Map(Object.entries((node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>));
    return [{ name, attributes, children: elementsOf(children), text: textOf(children) }];
  });
}

function textOf(nodes: readonly ParsedNode[]): string {
  return nodes.map((node) => (TEXT in node ? String(node[TEXT]) : '')).join('');
}
