import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import type { Answer } from '../harness/answer-reader.js';
import type { FuzzCase } from '../harness/fuzz-case.js';
import { requestBytes } from '../harness/requests.js';
import type { World } from '../harness/world.js';
import { mutateBytes } from './mutate-bytes.js';

const TARGET = '/v1/event-types';

/** A good GET with bytes changed anywhere in its head. */
export function mutatedHeadCase({ keys }: World, random: SeededRandom): FuzzCase {
  const whole = requestBytes({ method: 'GET', target: TARGET, apiKey: keys.publisher });
  const bytes = mutateBytes(whole, random);
  const text = bytes.toString('latin1');
  return {
    kind: 'abuse',
    name: 'mutated head',
    pieces: [bytes],
    asksNothing: /^[\r\n]*$/.test(text),
    judge: (answers) =>
      judgeHead(answers, text, keys.publisher).map(
        (fault) => `${fault}: ${JSON.stringify(text.replace(keys.publisher, '<key>'))}`,
      ),
  };
}

/** What the first request line of a text must be answered with, by RFC 9110 and 9112. */
type Opinion = 'served' | 'refused' | 'answered';

function judgeHead(answers: readonly Answer[], text: string, apiKey: string): readonly string[] {
  const statuses = answers.map(({ status }) => status);
  const [first = 0] = statuses;
  const { opinion, isAlone } = readHead(text, apiKey);
  if (first === 0) return [];
  if (opinion === 'served' && first !== 200) return [`a good request answered with [${statuses.join()}]`];
  if (opinion === 'refused' && (first < 400 || first > 499))
    return [`a broken request answered with [${statuses.join()}]`];
  return isAlone && statuses.length > 1 ? [`one request answered with [${statuses.join()}]`] : [];
}

function readHead(text: string, apiKey: string): { readonly opinion: Opinion; readonly isAlone: boolean } {
  // An empty line before a request may be passed over, and need not be (RFC 9112, section 2.2).
  if (/^[\r\n]/.test(text)) return { opinion: 'answered', isAlone: false };
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return { opinion: 'refused', isAlone: true };
  const [line = '', ...fields] = text.slice(0, end).split('\r\n');
  const opinions = [opinionOnLine(line), ...opinionsOnFields(fields, apiKey)];
  const isAlone = end + 4 === text.length;
  if (opinions.includes('refused')) return { opinion: 'refused', isAlone };
  return { opinion: opinions.includes('answered') ? 'answered' : 'served', isAlone };
}

function opinionOnLine(line: string): Opinion {
  const [, target] = /^GET ([\x21-\x7e]+) HTTP\/1\.[01]$/.exec(line) ?? [];
  if (target === undefined) return 'refused';
  return target === TARGET ? 'served' : 'answered';
}

const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/;

function opinionsOnFields(lines: readonly string[], apiKey: string): readonly Opinion[] {
  const fields = lines.map((line) => FIELD.exec(line));
  if (fields.includes(null)) return ['refused'];
  const values = (name: string) =>
    fields.flatMap((field) => (field?.[1]?.toLowerCase() === name ? [field[2] ?? ''] : []));
  const [hosts, authorizations] = [values('host'), values('authorization')];
  if (hosts.length > 1 || authorizations.length !== 1) return ['refused'];
  const [authorization = ''] = authorizations;
  // Schemes are of any case, with any white space behind them.
  if (!authorization.includes(apiKey)) return ['refused'];
  const isPlain = hosts.length === 1 && /^[a-z]+$/.test(hosts[0] ?? '') && fields.length === 2;
  return [isPlain && authorization === `Bearer ${apiKey}` ? 'served' : 'answered'];
}
