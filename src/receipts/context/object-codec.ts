import type { Codec } from './codec.js';
import { CLOSE_OBJECT, type JsonText, MARK, OPEN_OBJECT } from './json-text.js';
import type { Value, WireForm, WireObject } from './value.js';

/** A codec for each member the model knows, by its property, in the order of the wire. */
type Codecs<T> = { readonly [P in Exclude<keyof T, keyof WireObject | 'kind'>]: Codec<T[P]> };

interface Shape<T> {
  readonly kind: string;
  readonly codecs: Codecs<T>;
  /** How members that the model does not know are read and written. */
  readonly others: Codec<Value>;
  /** The name on the wire of a property; by default the property's name with a capital. */
  readonly nameOf?: (property: string) => string;
}

interface Member {
  readonly name: string;
  readonly quoted: string;
  readonly property: string;
  readonly codec: Codec<unknown>;
}

/**
 * Reads and writes objects with known members, and keeps the unknown ones. Members are usually in alphabetical order,
 * so the next name is predicted and only compared. Other orders and names are read as well, only slower, and kept.
 */
export class ObjectCodec<T extends WireObject> implements Codec<T> {
  readonly kind: string;
  private readonly members: readonly Member[];
  private readonly byName: ReadonlyMap<string, Member>;
  private readonly template: Readonly<Record<string, unknown>>;
  private readonly others: Codec<Value>;

  constructor({ kind, codecs, others, nameOf = capitalized }: Shape<T>) {
    this.kind = kind;
    this.members = Object.entries(codecs as Readonly<Record<string, Codec<unknown>>>).map(([property, codec]) => {
      const name = nameOf(property);
      return { name, quoted: JSON.stringify(name), property, codec };
    });
    this.byName = new Map(this.members.map((member) => [member.name, member]));
    const values = this.members.map(({ property, codec }) => [property, codec.absent]);
    this.template = { kind, ...Object.fromEntries(values) };
    this.others = others;
  }

  readonly read = (text: JsonText): T => {
    text.open(OPEN_OBJECT, 'must be an object');
    return this.readMembers(text, true);
  };

  /** Reads the members of an object whose mark was read, if `isFirst` is false. */
  readMembers(text: JsonText, isFirst: boolean): T {
    const object: Draft = { ...this.template };
    const { members } = this;
    let foreseen = 0;
    let hasNext = text.hasNext(isFirst, CLOSE_OBJECT);
    while (hasNext) {
      const member = members[foreseen];
      if (member === undefined || !text.takesName(member.quoted)) break;
      readInto(object, member, text);
      foreseen++;
      hasNext = text.hasNext(false, CLOSE_OBJECT);
    }
    if (hasNext || foreseen < members.length) this.readUnusual({ object, foreseen, hasNext, isMarked: !isFirst }, text);
    // Safe: there is a codec for each member of T, and no required one is missing.
    return object as unknown as T;
  }

  readonly write = (value: T): string => `{${this.writeMembers(value).join(',')}}`;

  /** With a mark before the other members. */
  writeMarked(value: T, mark: string): string {
    const members = this.writeMembers(value, MARK);
    return `{${[`"${MARK}":${JSON.stringify(mark)}`, ...members].join(',')}}`;
  }

  /** Goes on where a name was not the predicted one, or the end came early. */
  private readUnusual(begun: Begun, text: JsonText): void {
    const { object, isMarked } = begun;
    const names = new Set(this.members.slice(0, begun.foreseen).map(({ name }) => name));
    let { hasNext } = begun;
    while (hasNext) {
      const name = text.name();
      if (names.has(name) || (isMarked && name === MARK)) text.fail('appears more than once');
      names.add(name);
      const member = this.byName.get(name);
      if (member === undefined) keep(object, name, this.others.read(text));
      else readInto(object, member, text);
      hasNext = text.hasNext(false, CLOSE_OBJECT);
    }
    this.complete(object, text);
    const order = Array.from(names);
    if (!this.isUsual(order)) object.wire = { order, others: object.wire?.others ?? new Map() };
  }

  /** Adds an empty collection for each that is absent. */
  private complete(object: Draft, text: JsonText): void {
    for (const { name, property, codec } of this.members) {
      if (object[property] !== undefined) continue;
      if (codec.empty === undefined) text.fail(`must have the member ${name}`);
      object[property] = codec.empty();
    }
  }

  private isUsual(order: readonly string[]): boolean {
    return order.length === this.members.length && this.members.every(({ name }, index) => name === order[index]);
  }

  private writeMembers(value: T, except?: string): readonly string[] {
    const { wire } = value;
    if (wire !== undefined) return this.writeUnusual(value, wire, except);
    return this.members.map(({ quoted, property, codec }) => `${quoted}:${codec.write(propertyOf(value, property))}`);
  }

  private writeUnusual(value: T, { order, others }: WireForm, except?: string): readonly string[] {
    const names = new Set(order ?? this.members.map(({ name }) => name));
    for (const { name, property } of this.members) if (isTold(propertyOf(value, property))) names.add(name);
    for (const name of others.keys()) names.add(name);
    if (except !== undefined) names.delete(except);
    return Array.from(names, (name) => `${JSON.stringify(name)}:${this.writeMember(value, name, others.get(name))}`);
  }

  private writeMember(value: T, name: string, other: Value | undefined): string {
    const member = this.byName.get(name);
    if (member === undefined) return this.others.write(other ?? null);
    const content = propertyOf(value, member.property);
    return other !== undefined && !isTold(content) ? this.others.write(other) : member.codec.write(content);
  }
}

/** An object as it is read: members by their property. */
interface Draft {
  [property: string]: unknown;
  wire?: { readonly order: readonly string[] | null; readonly others: Map<string, Value> };
}

/** The object so far, while everything was as predicted. */
interface Begun {
  readonly object: Draft;
  readonly foreseen: number;
  readonly hasNext: boolean;
  readonly isMarked: boolean;
}

function readInto(object: Draft, { property, name, codec }: Member, text: JsonText): void {
  if (codec.empty === undefined || !text.takesNull()) object[property] = codec.read(text);
  else {
    object[property] = codec.empty();
    keep(object, name, null);
  }
}

function keep(object: Draft, name: string, value: Value): void {
  object.wire ??= { order: null, others: new Map() };
  object.wire.others.set(name, value);
}

function isTold(value: unknown): boolean {
  if (value instanceof Map) return value.size > 0;
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;
}

function propertyOf(value: object, property: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[property];
}

function capitalized(property: string): string {
  return `${property.charAt(0).toUpperCase()}${property.slice(1)}`;
}
