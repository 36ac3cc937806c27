import type { ApplicationUserSettings } from './gateway-settings.js';
import { isEntraName } from './setting-formats.js';
import type { SettingFault } from './settings.error.js';
import { readTextFile } from './text-file.js';

const NAME = 'DATAVERSE_APPLICATION_USERS';
const MEMBERS = ['clientId', 'clientSecret'];

/** More application users, or what is wrong with the list of them. */
export interface ReadApplicationUsers {
  readonly users: readonly ApplicationUserSettings[];
  readonly faults: readonly SettingFault[];
}

/** Reads DATAVERSE_APPLICATION_USERS: the path of a JSON file, or that JSON itself when it begins with `[`. */
export function readApplicationUsers(setting: string | null): ReadApplicationUsers {
  if (setting === null) return { users: [], faults: [] };
  if (setting.startsWith('[')) return parse(setting);
  const file = readTextFile(setting);
  return file.kind === 'text' ? parse(file.text) : refused([`names a file that cannot be read (${file.code})`]);
}

function parse(text: string): ReadApplicationUsers {
  const list = parseJson(text);
  if (!Array.isArray(list)) return refused(['must be a JSON array of { "clientId", "clientSecret" }']);
  const details = list.flatMap((entry: unknown, index) => entryFaults(entry, index, list));
  if (details.length > 0) return refused(details);
  const users = list as { clientId: string; clientSecret: string }[];
  return {
    users: users.map(({ clientId, clientSecret }) => ({ clientId, credential: { kind: 'secret', clientSecret } })),
    faults: [],
  };
}

/** The parser's own message would quote the text, with its secrets. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function entryFaults(entry: unknown, index: number, list: readonly unknown[]): readonly string[] {
  if (!isObject(entry)) return [`entry ${index} must be an object`];
  const details: string[] = [];
  if (typeof entry.clientId !== 'string' || !isEntraName(entry.clientId)) {
    details.push(`entry ${index}: clientId must be an application's (client) id`);
  } else if (list.findIndex((other) => isObject(other) && other.clientId === entry.clientId) < index) {
    details.push(`entry ${index}: clientId is already in the list`);
  }
  if (typeof entry.clientSecret !== 'string' || entry.clientSecret === '') {
    details.push(`entry ${index}: clientSecret must be text`);
  }
  if (Object.keys(entry).some((member) => !MEMBERS.includes(member))) {
    details.push(`entry ${index} has members besides clientId and clientSecret`);
  }
  return details;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(details: readonly string[]): ReadApplicationUsers {
  return { users: [], faults: details.map((detail) => ({ name: NAME, detail })) };
}
