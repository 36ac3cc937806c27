import type { Finding } from '../../dataverse/provisioning/change.js';
import type { Verified } from '../../dataverse/provisioning/provisioner.js';
import type { Output } from '../cli-context.js';
import { printable } from '../write-output.js';
import { sentence } from './sentence.js';

/** The worst first: they close the gate of their event type. */
const WORDS = { breaking: 'x BREAKING', differing: '~ differs', tolerated: '  tolerated' } as const;

/** Writes what was found, each with why it matters and what to do. */
export function showFindings({ findings, notes }: Verified, output: Output): void {
  const order = Object.keys(WORDS);
  const sorted = [...findings].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
  for (const line of sorted.flatMap(linesOf)) output.write(`${printable(line)}\n`);
  for (const note of notes) output.write(`${printable(`Note: ${sentence(note)}`)}\n`);
}

function linesOf({ severity, what, why, advice }: Finding): readonly string[] {
  return [
    `${WORDS[severity]}: ${sentence(what)}`,
    `      Why it matters: ${sentence(why)}`,
    `      What to do: ${sentence(advice)}`,
  ];
}
