/** One setting as every reader sees it: parsing, `.env.example` and docs/settings.md are derived from this. */
export interface SettingDeclaration {
  /** The environment variable; `<name>_FILE` names a file that holds the value instead. */
  readonly name: string;
  readonly kind: 'text' | 'integer' | 'flag';
  /** One sentence or two, with the unit; shown to operators. */
  readonly about: string;
  /** What values are accepted, to be read after "must be". */
  readonly expectation: string;
  /** The text used for an absent value, or null where absence has a meaning of its own. */
  readonly default: string | null;
  /** A value to show in `.env.example` where there is no default. */
  readonly example: string | null;
  readonly secret: boolean;
}

const DECLARATIONS = Symbol('settings');

/** Writes a declaration on the class whose property it describes; `declarationsOf` reads them back. */
export function recordSetting(prototype: object, declaration: SettingDeclaration): void {
  Reflect.defineMetadata(DECLARATIONS, [...own(prototype), declaration], prototype);
}

/** The settings of a class in the order of their declaration. */
export function declarationsOf(settingsClass: new () => object): readonly SettingDeclaration[] {
  return own(settingsClass.prototype);
}

function own(prototype: object): readonly SettingDeclaration[] {
  return (Reflect.getOwnMetadata(DECLARATIONS, prototype) as readonly SettingDeclaration[] | undefined) ?? [];
}
