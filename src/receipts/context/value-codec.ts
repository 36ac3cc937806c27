import type { Codec } from './codec.js';
import { dateFrom } from './date-time.js';
import { CLOSE_OBJECT, type JsonText, MARK, OPEN_LIST, OPEN_OBJECT, QUOTE } from './json-text.js';
import { listOf } from './list-codec.js';
import type { ObjectCodec } from './object-codec.js';
import { DECIMAL } from './plain-codecs.js';
import type { MarkedObject, UnknownObject, Value } from './value.js';

const QUOTED_MARK = JSON.stringify(MARK);

/** Objects whose kind their mark tells. */
export interface Marked {
  readonly kind: string;
  readonly mark: string;
  /** As JSON, with slashes escaped as .NET does, and without. */
  readonly tokens: readonly [escaped: string, plain: string];
  readonly codec: ObjectCodec<MarkedObject>;
}

/** How values are read and written where any kind may stand, and a mark tells which. */
export function marked<T extends MarkedObject>(codec: ObjectCodec<T>): Marked {
  const mark = `${codec.kind}:http://schemas.microsoft.com/xrm/2011/Contracts`;
  const plain = JSON.stringify(mark);
  const tokens = [plain.replaceAll('/', '\\/'), plain] as const;
  // Safe: a codec gets only values that it read, or that have its kind; see where `known` is looked up.
  return { kind: codec.kind, mark, tokens, codec: codec as unknown as ObjectCodec<MarkedObject> };
}

/** Reads and writes values of any kind: the JSON itself tells the kind, or a mark does. */
export class ValueCodec implements Codec<Value> {
  readonly absent = null;
  private readonly list: Codec<readonly Value[]> = listOf(this);

  /** Kinds that a mark tells, the frequent ones first; asked for later, since they contain values themselves. */
  constructor(private readonly allMarked: () => readonly Marked[]) {}

  readonly read = (text: JsonText): Value => {
    switch (text.peek()) {
      case QUOTE: {
        const content = text.string();
        return dateFrom(content) ?? content;
      }
      case OPEN_OBJECT:
        return this.readObject(text);
      case OPEN_LIST:
        return this.list.read(text);
      default:
        return readWord(text);
    }
  };

  readonly write = (value: Value): string => {
    if (typeof value === 'number') return writeNumber(value);
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    return isList(value) ? this.list.write(value) : this.writeObject(value);
  };

  private readObject(text: JsonText): Value {
    text.open(OPEN_OBJECT, 'must be an object');
    if (!text.hasNext(true, CLOSE_OBJECT)) return { kind: 'Unknown', members: new Map() };
    const name = text.takesName(QUOTED_MARK) ? MARK : text.name();
    if (name !== MARK) return this.readUnknown(text, new Map([[name, this.read(text)]]));
    const known = this.allMarked().find(({ tokens }) => text.takes(tokens[0]) || text.takes(tokens[1]));
    if (known !== undefined) return known.codec.readMembers(text, false);
    const value = this.read(text);
    const respelled = this.allMarked().find(({ mark }) => mark === value);
    return respelled?.codec.readMembers(text, false) ?? this.readUnknown(text, new Map([[MARK, value]]));
  }

  private readUnknown(text: JsonText, members: Map<string, Value>): UnknownObject {
    while (text.hasNext(false, CLOSE_OBJECT)) {
      const name = text.name();
      if (members.has(name)) text.fail('appears more than once');
      members.set(name, this.read(text));
    }
    return { kind: 'Unknown', members };
  }

  private writeObject(value: Extract<Value, { readonly kind: string }>): string {
    switch (value.kind) {
      case 'Number':
        return DECIMAL.write(value.literal);
      case 'DateTime':
        return JSON.stringify(value.text);
      case 'Unknown': {
        const members = Array.from(value.members, ([name, member]) => `${JSON.stringify(name)}:${this.write(member)}`);
        return `{${members.join(',')}}`;
      }
      default: {
        const known = this.allMarked().find(({ kind }) => kind === value.kind);
        if (known === undefined) throw new TypeError('A value is of a kind that is none of the wire');
        return known.codec.writeMarked(value, known.mark);
      }
    }
  }
}

function readWord(text: JsonText): Value {
  if (text.takes('null')) return null;
  if (text.takes('true')) return true;
  return text.takes('false') ? false : text.number();
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('A number is not finite, which JSON cannot say');
  return Object.is(value, -0) ? '-0' : String(value);
}

function isList(value: object): value is readonly Value[] {
  return Array.isArray(value);
}
