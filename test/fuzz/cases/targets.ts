import type { SeededRandom } from '../../faults/harness/seeded-random.js';
import { type FuzzCase, statusIs } from '../harness/fuzz-case.js';
import { requestBytes } from '../harness/requests.js';
import type { World } from '../harness/world.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];
const NO_EVENT = '019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70';

/** Paths that nobody offers, and methods where they are not offered. */
export function targetsCase(world: World, random: SeededRandom): FuzzCase {
  return random.chance(0.5) ? wrongMethod(world, random) : wrongPath(world, random);
}

function wrongMethod({ contract, keys }: World, random: SeededRandom): FuzzCase {
  const { path } = random.pick(contract.operations);
  const target = path.replace('{id}', NO_EVENT).replace(/\{\w+\}/, 'type:CustomerPurchase');
  const offered = contract.operations.filter((operation) => operation.path === path).map(({ method }) => method);
  const method = random.pick(
    METHODS.filter((name) => !offered.includes(name) && !(name === 'HEAD' && offered.includes('GET'))),
  );
  const bytes = requestBytes({ method, target, apiKey: keys.operator });
  return {
    kind: 'exchange',
    name: 'wrong method',
    step: {
      method,
      operation: null,
      bytes,
      judge: (answer) => [
        ...statusIs(405)(answer),
        ...(offered.every((name) => answer.headers.get('allow')?.includes(name) === true)
          ? []
          : [`${method} ${target}: Allow lacks one of ${offered.join()}: ${answer.headers.get('allow')}`]),
      ],
    },
  };
}

function wrongPath({ contract, keys }: World, random: SeededRandom): FuzzCase {
  const { path } = random.pick(contract.operations);
  const known = path.replace('{id}', NO_EVENT).replace(/\{\w+\}/, 'x');
  const [target, ofOthers] = random.pick(WRONG)(known, random);
  // Any name may be a gate's, and none is read alone.
  const status = ofOthers === 404 && /^\/v1\/gates\/[^/]+$/.test(target) ? 405 : ofOthers;
  const bytes = requestBytes({ method: 'GET', target, apiKey: keys.publisher });
  return {
    kind: 'exchange',
    name: 'wrong path',
    step: {
      method: 'GET',
      operation: null,
      bytes,
      judge: (answer) => statusIs(status)(answer).map((fault) => `GET ${target.slice(0, 200)}: ${fault}`),
    },
  };
}

type Wrong = (known: string, random: SeededRandom) => readonly [target: string, status: 400 | 404];

const WRONG: readonly Wrong[] = [
  (known) => [`${known}/`, 404],
  (known) => [`/${known}`, 404],
  (known) => [known.toUpperCase(), 404],
  (known) => [`${known}%zz`, 400],
  (known) => [`${known}%`, 400],
  (known) => [`${known}%E4`, 400],
  (known) => [`${known}%C0%AF`, 400],
  (known) => [`${known}#fragment`, 400],
  (known) => [`${known}?key=%zz`, 400],
  (known, random) => [`${known}${'x'.repeat(random.between(300, 14_000))}`, 404],
  (known, random) => [
    `${known}/${random.pick(['.', '..', '%2e%2e', '%2f', '%00', '%0d%0a', ';', "'", '~', '*'])}`,
    404,
  ],
  () => ['/docs/../../../etc/passwd', 400],
  () => ['/docs/%2e%2e%2f%2e%2e%2fpackage.json', 404],
  () => ['/docs/..%5c..%5cpackage.json', 400],
  () => ['/docs//etc/passwd', 400],
  (_known, random) => [
    `/v1/events/${random.pick(['x', '0', '-1', "1'or'1'='1", '%00', NO_EVENT.slice(1), `${NO_EVENT}0`])}`,
    404,
  ],
  () => [`/v1/events/${NO_EVENT.toUpperCase()}`, 404],
  () => [`/v1/events/${NO_EVENT}`, 404],
  (_known, random) => [
    `/${random.pick(['.env', '.git/config', 'admin', 'actuator', 'v2/events', 'v1', 'index.php', ''])}`,
    404,
  ],
];
