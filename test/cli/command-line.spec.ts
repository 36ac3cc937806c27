import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { runCli } from './support/run-cli.js';

describe('the command line', () => {
  it.each([
    ['--help', 'Usage: business-events-gateway'],
    ['clients --help', 'Usage: business-events-gateway clients'],
    ['send --help', 'Usage: business-events-gateway send'],
    ['--version', '0.'],
  ])('answers %s on standard output', async (line, expected) => {
    const { exitCode, stdout, stderr } = await runCli(line.split(' '));

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(expected);
  });

  it.each([
    ['nothing at all', '', 'Usage:'],
    ['half a command', 'clients', 'Usage:'],
    ['an unknown command', 'clents', 'Did you mean clients?'],
    ['an unknown option', 'gates list --jsn', 'Did you mean --json?'],
    ['an argument too many', 'gates list now', 'too many arguments'],
    ['a missing argument', 'events show', "missing required argument 'id'"],
    ['no number where one is needed', 'send CustomerPurchase --count many', 'a whole number above 0'],
    ['no rate', 'send CustomerPurchase --rate 0', 'events a second'],
    ['hours that are none', 'clients rotate till --keep-hours=-1', 'number of hours'],
    ['an unknown role', 'clients create till --role king', 'Allowed choices are operator'],
    ['a client without any right', 'clients create till', '--publish'],
    ['a file and a count', 'send CustomerPurchase --file x --count 2', 'Give --file or --count'],
    ['an address without a key', 'send CustomerPurchase --url http://127.0.0.1:1', '--url needs --key-file'],
  ])('ends with 2 and an explanation for %s', async (_situation, line, expected) => {
    const { exitCode, stdout, stderr } = await runCli(line.split(' ').filter((word) => word !== ''));

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(expected);
  });

  it.each([
    ['a database of no known kind', { DATABASE_URL: 'mysql://u:marker-of-a-password@x/y' }, 2, 'DATABASE_URL must be'],
    [
      'a file that is no database',
      { DATABASE_URL: `sqlite:${fileURLToPath(import.meta.url)}` },
      1,
      'command-line.spec.ts',
    ],
    ['a store that is not there', { DATABASE_URL: 'sqlite:/dev/null/gateway.db' }, 4, 'There is no store at /dev/null'],
  ])('explains %s without a stack', async (_situation, environment, expectedCode, expected) => {
    const { exitCode, stdout, stderr } = await runCli(['gates', 'list', '--json'], { environment });

    expect({ exitCode, stdout }).toEqual({ exitCode: expectedCode, stdout: '' });
    expect(stderr).toContain(expected);
    expect(stderr).not.toMatch(/\n\s+at |marker-of-a-password/);
  });
});
