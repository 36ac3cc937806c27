import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';

/** One instruction of a Dockerfile: its word and the rest of the line, continuation lines joined. */
export interface Instruction {
  readonly word: string;
  readonly rest: string;
}

export interface BuiltImage {
  /** The folder that stands for the final stage's root. */
  readonly root: string;
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
  readonly user: string | null;
  readonly volumes: readonly string[];
}

interface Stage {
  readonly name: string;
  readonly root: string;
  workingDirectory: string;
  readonly environment: Record<string, string>;
  command: readonly string[];
  healthCheck: readonly string[];
  user: string | null;
  readonly volumes: string[];
}

export function readDockerfile(path: string): readonly Instruction[] {
  const text = readFileSync(path, 'utf8').replace(/\\\n/g, ' ');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [word = '', ...rest] = line.trim().split(/\s+/);
      return { word: word.toUpperCase(), rest: rest.join(' ') };
    });
}

/**
 * Runs a Dockerfile's own COPY and RUN steps in empty folders, one per stage, where there is no container engine: what
 * the image would lack is lacking here too, but what only builds it is lent by the checkout. Base images are taken to hold nothing but Node and npm, which the machine has.
 */
export function buildImage(instructions: readonly Instruction[], context: string, scratch: string): BuiltImage {
  const stages: Stage[] = [];
  for (const { word, rest } of instructions) {
    const stage = word === 'FROM' ? openStage(stages, rest, scratch) : stages.at(-1);
    if (stage === undefined) throw new Error(`${word} before FROM`);
    carryOut({ word, rest }, stage, { stages, context });
  }
  const final = stages.at(-1);
  if (final === undefined) throw new Error('no FROM');
  return final;
}

function openStage(stages: Stage[], rest: string, scratch: string): Stage {
  const name = /\sAS\s+(\S+)$/i.exec(rest)?.[1] ?? `stage-${stages.length}`;
  const root = join(scratch, name);
  mkdirSync(root, { recursive: true });
  const stage: Stage = {
    name,
    root,
    workingDirectory: '/',
    environment: {},
    command: [],
    healthCheck: [],
    user: null,
    volumes: [],
  };
  stages.push(stage);
  return stage;
}

function carryOut(
  { word, rest }: Instruction,
  stage: Stage,
  build: { stages: readonly Stage[]; context: string },
): void {
  switch (word) {
    case 'FROM':
    case 'EXPOSE':
      return;
    case 'WORKDIR':
      stage.workingDirectory = rest;
      mkdirSync(join(stage.root, rest), { recursive: true });
      return;
    case 'ENV':
      Object.assign(stage.environment, Object.fromEntries([rest.split('=')]));
      return;
    case 'USER':
      stage.user = rest;
      return;
    case 'VOLUME':
      stage.volumes.push(rest);
      return;
    case 'CMD':
      stage.command = JSON.parse(rest) as string[];
      return;
    case 'HEALTHCHECK':
      stage.healthCheck = JSON.parse(rest.slice(rest.indexOf('CMD') + 'CMD'.length)) as string[];
      return;
    case 'RUN':
      if (INSTALLS_EVERYTHING.test(rest)) useInstalled(stage, build.context);
      else run(rest, stage);
      return;
    case 'COPY':
      copy(rest, stage, build);
      return;
    default:
      throw new Error(`this test does not know the instruction ${word}: teach it`);
  }
}

/** What is installed for development: the checkout has it already, by the same command from the same lock file. */
const INSTALLS_EVERYTHING = /^npm ci (?!.*--omit=dev)/;

function useInstalled(stage: Stage, context: string): void {
  symlinkSync(join(context, 'node_modules'), join(stage.root, stage.workingDirectory, 'node_modules'));
}

function run(command: string, stage: Stage): void {
  const cwd = join(stage.root, stage.workingDirectory);
  const env = { ...machine(), ...stage.environment, npm_config_prefer_offline: 'true', npm_config_loglevel: 'error' };
  const { status, stderr } = spawnSync('sh', ['-c', command], { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`RUN ${command} failed with ${status}: ${stderr}`);
}

/** The environment without what jest and the npm that runs it put there. */
function machine(): NodeJS.ProcessEnv {
  const isOurs = (name: string) =>
    name === 'NODE_OPTIONS' || /^npm_(package|lifecycle|execpath|command|node)/.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOurs(name)));
}

function copy(rest: string, stage: Stage, build: { stages: readonly Stage[]; context: string }): void {
  const words = rest.split(' ');
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
  const paths = words.filter((word) => !word.startsWith('--'));
  const target = paths.pop() ?? '';
  const sourceRoot = from === undefined ? build.context : rootOf(from, build.stages);
  const targetPath = join(stage.root, target.startsWith('/') ? '' : stage.workingDirectory, target);
  for (const path of paths) {
    // As Docker does: a folder's content is copied, and a file goes into a target that ends in a slash.
    const isFile = target.endsWith('/') && /\.[a-z]+$/.test(path);
    cpSync(join(sourceRoot, path), isFile ? join(targetPath, basename(path)) : targetPath, {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
}

function rootOf(name: string, stages: readonly Stage[]): string {
  const stage = stages.find((candidate) => candidate.name === name);
  if (stage === undefined) throw new Error(`COPY --from=${name}: no such stage`);
  return stage.root;
}
