/** What is wrong with one setting. Names the setting and what it must be; never holds a value. */
export interface SettingFault {
  readonly name: string;
  readonly detail: string;
}

/** The settings cannot be used; the process does not start. Lists every fault, so that one start tells all. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'settings-invalid';

  constructor(readonly faults: readonly SettingFault[]) {
    const lines = faults.map(({ name, detail }) => `  ${name} ${detail}`);
    const count = faults.length === 1 ? 'A setting is' : `${faults.length} settings are`;
    super(`${count} not usable (docs/settings.md explains each):\n${lines.join('\n')}`);
  }
}
