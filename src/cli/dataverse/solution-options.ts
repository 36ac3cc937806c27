import { type Command, InvalidArgumentError, Option } from 'commander';
import type { SolutionIdentity } from '../../dataverse/provisioning/solution-files/solution-identity.js';

/** The options about a solution's manifest. */
export interface SolutionOptions {
  readonly solutionVersion?: string;
  readonly solutionName?: string;
  readonly publisher?: string;
  readonly publisherName?: string;
  readonly optionValuePrefix: number;
  readonly language: number;
}

/** Gives a command the options of a solution's manifest. */
export function addSolutionOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--solution-version <version>',
        'four numbers; a package needs them, raised with every release',
      ).argParser(matching(/^\d{1,9}(\.\d{1,9}){3}$/, 'It is four numbers such as 1.0.0.42.')),
    )
    .addOption(new Option('--solution-name <text>', 'what people see; else the unique name').argParser(DISPLAY_NAME))
    .addOption(
      new Option('--publisher <name>', "the publisher's unique name; else its prefix").argParser(
        matching(/^[A-Za-z_]\w{0,255}$/, 'It is a unique name: letters, digits and underscores.'),
      ),
    )
    .addOption(new Option('--publisher-name <text>', 'what people see; else its unique name').argParser(DISPLAY_NAME))
    .addOption(
      new Option('--option-value-prefix <number>', "where the publisher's choice values begin, if an import makes it")
        .default(10_000)
        .argParser(numberFrom(10_000, 99_999)),
    )
    .addOption(
      new Option('--language <lcid>', "the texts' language; an environment drops texts in languages it has not enabled")
        .default(1033)
        .argParser(numberFrom(1, 65_535)),
    );
}

/** The manifest's contents: defaults follow from the names of the solution and its publisher. */
export function solutionIdentity(uniqueName: string, prefix: string, options: SolutionOptions): SolutionIdentity {
  const publisher = options.publisher ?? prefix;
  return {
    uniqueName,
    displayName: options.solutionName ?? uniqueName,
    version: options.solutionVersion ?? UNRELEASED,
    languageCode: options.language,
    publisher: {
      uniqueName: publisher,
      displayName: options.publisherName ?? publisher,
      prefix,
      optionValuePrefix: options.optionValuePrefix,
    },
  };
}

/** The version in an unpacked folder without a release: it is set when the folder is packed. */
const UNRELEASED = '1.0.0.0';

function matching(pattern: RegExp, expectation: string): (text: string) => string {
  return (text) => {
    if (pattern.test(text)) return text;
    throw new InvalidArgumentError(expectation);
  };
}

const DISPLAY_NAME = matching(/^(?=.*\S)\P{Cc}{1,256}$/u, 'It is a text of up to 256 characters, on one line.');

function numberFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d{1,5}$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It is a number from ${least} to ${most}.`);
  };
}
