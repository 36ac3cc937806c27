/** An element for the XML builder: attributes begin with `@`, everything else is children. */
export interface XmlNode {
  readonly [name: string]: string | XmlNode | readonly XmlNode[];
}
