import { describe, expect, it } from '@jest/globals';
import { SettingsError } from '../../settings/settings.error.js';
import type { CliContext } from '../cli-context.js';
import { storeOfGateway } from './store-of-gateway.js';

const REAL = 'https://org.crm.dynamics.com';

function look(databaseUrl: string, url = REAL) {
  const environment = databaseUrl === '' ? {} : { DATABASE_URL: databaseUrl };
  const output = { write: () => {} };
  const context: CliContext = {
    stdout: output,
    stderr: output,
    environment,
    interruption: () => new AbortController().signal,
    ask: null,
  };
  return storeOfGateway(context, url);
}

describe('the store of the gateway that sends to an environment', () => {
  it('is not guessed by what lies in this folder', () => {
    expect(look('')).toMatchObject({ kind: 'unknown', why: expect.stringContaining(REAL) });
  });

  it('is told without role, password and parameters', () => {
    expect(look('postgres://role:secret@db.example.com:5432/events?password=secret')).toEqual({
      kind: 'known',
      name: 'postgres://db.example.com:5432/events',
    });
  });

  it('is missing where its file is not there', () => {
    expect(look('sqlite:/nowhere/at/all.db')).toMatchObject({ kind: 'missing' });
  });

  it('is judged before anything is done with it', () => {
    expect(() => look('mysql://x/y')).toThrow(SettingsError);
  });
});
