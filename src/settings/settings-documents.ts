/**
 * The texts that are made from the declarations: `.env.example` and docs/settings.md. Both are committed, and a test
 * fails when they are stale.
 */
import { declarationsOf, type SettingDeclaration } from './setting-declaration.js';
import { SECTIONS } from './variables/variables.js';

const BEGIN = '<!-- made from src/settings: begin -->';
const END = '<!-- made from src/settings: end -->';
const LINE_WIDTH = 110;

export function renderEnvExample(): string {
  const head =
    '# Every setting of the gateway, with its default. Each can also be given as <NAME>_FILE: a file that holds the value,\n' +
    '# as container platforms mount secrets. docs/settings.md says more. Made from src/settings; do not edit by hand.\n';
  const sections = SECTIONS.map(({ title, variables }) => {
    const settings = declarationsOf(variables).map(envLines).join('\n');
    return `\n# --- ${title} ---\n\n${settings}`;
  });
  return head + sections.join('');
}

/** docs/settings.md with its tables made anew; the text around them is written by hand and kept. */
export function withSettingsTables(documentation: string): string {
  const [before] = documentation.split(BEGIN);
  const [, after] = documentation.split(END);
  if (before === undefined || after === undefined) throw new Error('docs/settings.md has lost its markers');
  return `${before}${BEGIN}\n\n${tables()}\n${END}${after}`;
}

function tables(): string {
  return SECTIONS.map(({ title, variables }) => {
    const rows = declarationsOf(variables).map(tableRow).join('\n');
    return `## ${title}\n\n| Name | Default | Must be | Meaning |\n|---|---|---|---|\n${rows}\n`;
  }).join('\n');
}

function envLines(setting: SettingDeclaration): string {
  const comment = wrap(`${setting.about} Must be ${setting.expectation}.`).map((line) => `# ${line}`);
  return `${comment.join('\n')}\n# ${setting.name}=${setting.default ?? setting.example ?? ''}\n`;
}

function tableRow(setting: SettingDeclaration): string {
  const initial = setting.default === null ? '-' : `\`${setting.default}\``;
  const secret = setting.secret ? ' Secret.' : '';
  return `| \`${setting.name}\` | ${initial} | ${cell(setting.expectation)} | ${cell(setting.about)}${secret} |`;
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < LINE_WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Markdown tables end a cell at |, and take <name> for HTML. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/<(\w+)>/g, '`<$1>`');
}
