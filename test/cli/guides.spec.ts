import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { COMMANDS } from '../../src/cli/commands.js';

const guides = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');

const output = { write: () => undefined };
const context = {
  stdout: output,
  stderr: output,
  environment: {},
  interruption: () => new AbortController().signal,
  ask: null,
};

function program(): Command {
  const all = new Command();
  for (const register of COMMANDS) register(all, context);
  return all;
}

/** Commands as the text shows them, such as `events replay <id> --force`. */
function shown(): readonly string[] {
  const spans = [...guides.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  const groups = program().commands.map((command) => command.name());
  return [...new Set(spans)].filter((span) => span.includes(' ') && groups.includes(span.split(' ')[0] ?? ''));
}

describe('the guides', () => {
  it('show commands', () => {
    expect(shown().length).toBeGreaterThan(20);
  });

  it.each(shown())('name only commands and options that there are: %s', (line) => {
    const [first = '', second = ''] = line.split(' ');
    const group = program().commands.find((command) => command.name() === first);
    const command = group?.commands.length ? group.commands.find((one) => one.name() === second) : group;
    expect(command).toBeDefined();
    const known = command?.options.map(({ long }) => long) ?? [];
    expect(
      [...line.matchAll(/--[a-z-]+/g)].map(([option]) => option).filter((option) => !known.includes(option)),
    ).toEqual([]);
  });
});
