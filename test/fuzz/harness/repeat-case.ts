import type { Answer } from './answer-reader.js';
import { Connection, type Ending } from './connection.js';
import type { FuzzCase, Step } from './fuzz-case.js';

const MOST_SHOWN = 4_000;

/** Sends one case alone; everything that was sent and answered, and what is wrong with it. */
export async function repeatCase(fuzzCase: FuzzCase, port: number): Promise<string> {
  const connection = new Connection(port);
  const shown =
    fuzzCase.kind === 'abuse' ? await abused(fuzzCase, connection) : await exchanged(fuzzCase.step, connection);
  connection.close();
  return `${[`== ${fuzzCase.name}`, ...shown].join('\n')}\n`;
}

async function abused({ pieces, judge }: FuzzCase & { readonly kind: 'abuse' }, connection: Connection) {
  const { answers, ending } = await connection.abuse(pieces);
  return [...pieces.map(sent), ...answers.map(answered), `<< ${ending}`, ...judge(answers)];
}

async function exchanged(first: Step, connection: Connection): Promise<readonly string[]> {
  const shown: string[] = [];
  for (let step: Step | null = first; step !== null; ) {
    const { bytes, method, judge, next }: Step = step;
    const answer: Answer | Ending = await connection.exchange(bytes, method);
    if (typeof answer === 'string') return [...shown, sent(bytes), `<< ${answer}`];
    shown.push(sent(bytes), answered(answer), ...judge(answer));
    step = next?.(answer) ?? null;
  }
  return shown;
}

function sent(bytes: Buffer): string {
  return `>> ${bytes.toString('utf8', 0, MOST_SHOWN)}`;
}

function answered({ status, headers, body }: Answer): string {
  const lines = [...headers].map(([name, value]) => `${name}: ${value}`);
  return `<< ${status}\n${lines.join('\n')}\n${body.toString('utf8', 0, MOST_SHOWN)}`;
}
