import { validateSync } from 'class-validator';
import { declarationsOf, type SettingDeclaration } from './setting-declaration.js';
import type { SettingFault } from './settings.error.js';
import { readTextFile } from './text-file.js';
import { SECTIONS, type Variables } from './variables/variables.js';

/** The environment a process was started with. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface ReadVariables {
  /** Valid only where there is no fault of the same name. */
  readonly variables: Variables;
  /**
   * Names that were set, by value or by file, even where the file cannot be read: the same slip must not be reported
   * twice.
   */
  readonly given: ReadonlySet<string>;
  readonly faults: readonly SettingFault[];
}

interface GivenText {
  readonly given: boolean;
  readonly text: string | null;
  readonly fault: SettingFault | null;
}

/** Reads and checks every setting, each from `NAME` or from the file that `NAME_FILE` names, and finds every fault. */
export function readVariables(environment: Environment): ReadVariables {
  const given = new Set<string>();
  const faults: SettingFault[] = [];
  const variables = {};
  for (const { variables: sectionClass } of SECTIONS) {
    const section = new sectionClass() as unknown as Record<string, unknown>;
    for (const declaration of declarationsOf(sectionClass)) {
      const { given: isGiven, text, fault } = readText(environment, declaration.name);
      if (isGiven) given.add(declaration.name);
      if (fault !== null) faults.push(fault);
      section[declaration.name] = convert(declaration, text ?? declaration.default);
    }
    faults.push(...faultsOf(section));
    Object.assign(variables, section);
  }
  return { variables: variables as Variables, given, faults };
}

/** An empty value counts as absent: compose files and charts cannot leave a variable out. */
function readText(environment: Environment, name: string): GivenText {
  const text = environment[name] || null;
  const path = environment[`${name}_FILE`] || null;
  if (path === null) return { given: text !== null, text, fault: null };
  if (text !== null) {
    return { given: true, text, fault: { name, detail: `is set, and so is ${name}_FILE: only one of them may be` } };
  }
  const file = readTextFile(path);
  const content = file.kind === 'text' ? file.text.trim() : '';
  if (content !== '') return { given: true, text: content, fault: null };
  const why = file.kind === 'text' ? 'is empty' : `cannot be read (${file.code})`;
  return { given: true, text: null, fault: { name: `${name}_FILE`, detail: `names a file that ${why}` } };
}

/** A text that is no number or flag stays as it is; its rule refuses it. */
function convert(declaration: SettingDeclaration, text: string | null): unknown {
  if (text === null) return null;
  if (declaration.kind === 'integer' && /^\d{1,15}$/.test(text)) return Number(text);
  if (declaration.kind === 'flag' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function faultsOf(section: object): readonly SettingFault[] {
  return validateSync(section).flatMap(({ property, constraints = {} }) =>
    Object.values(constraints).map((detail) => ({ name: property, detail })),
  );
}
