import { execFile } from 'node:child_process';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DEFAULT_APPLICATION_USER } from '../../../src/emulator/emulator-options.js';
import { BUSINESS_EVENTS_SOLUTION } from '../../../src/emulator/tables/seeds/seed-organization.js';
import { createEnvironment, type Environment } from '../../support/environment.js';
import { RunningGateway } from '../../support/running-gateway.js';
import { until } from '../../support/until.js';
import { readBody, readHttpText } from './http-text.js';
import { type Bindings, differences, withBindings } from './match-answer.js';
import type { Answer, Step, WalkedDocument } from './read-document.js';
import { withFiles } from './with-files.js';

const PACKAGES = fileURLToPath(new URL('../../../node_modules', import.meta.url));
/** `npm test` builds it first. */
const CLI = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));
const COMMAND_MS = 60_000;
const DAY_MS = 86_400_000;

const run = promisify(execFile);

type Runnable = Extract<Step, { readonly answer: Answer | null }>;

/** A walk through a document, against a gateway of its own. */
export class DocumentRun {
  private readonly bindings: Bindings = new Map();

  private constructor(
    private readonly gateway: RunningGateway,
    private readonly environment: Environment,
    private readonly variables: Readonly<Record<string, string>>,
    private readonly folder: string,
  ) {}

  /** Starts a gateway with the settings that a document wants, and the Dataverse it begins with. */
  static async start(document: Omit<WalkedDocument, 'blocks'>): Promise<DocumentRun> {
    const environment = await createEnvironment(document.beginsEmpty ? { customApis: [] } : {});
    if (document.beginsEmpty) removeOwnSolution(environment);
    const folder = join(environment.folder, 'example');
    const gateway = await RunningGateway.start(environment, await withFiles(document, folder));
    const operatorKey = await environment.createClient('operator', { publish: [], operator: true });
    // What operators' guides give to curl, so that no key stands in a command line.
    const keyFile = join(environment.folder, 'operator.header');
    await writeFile(keyFile, `Authorization: Bearer ${operatorKey}`);
    const variables = {
      GATEWAY: gateway.url,
      API_KEY: await environment.createClient('pos-stores'),
      OPERATOR_KEY: operatorKey,
      KEY: keyFile,
      TODAY: dayOf(Date.now()),
      TOMORROW: dayOf(Date.now() + DAY_MS),
    };
    return new DocumentRun(gateway, environment, variables, folder);
  }

  /** Takes the steps in their order. Throws at the first that is not as shown. */
  async run(steps: readonly Step[]): Promise<void> {
    for (const step of steps) await this.take(step);
  }

  async stop(): Promise<void> {
    await this.gateway.stop();
    await this.environment.remove();
  }

  private async take(step: Step): Promise<void> {
    try {
      if (step.kind === 'dataverse') await this.turn(step.mood);
      else if (step.kind === 'file') await this.write(step.name, withBindings(step.text, this.bindings));
      else if (step.answer?.eventually) await this.untilAsShown(step);
      else await this.once(step);
    } catch (error) {
      throw new Error(`line ${step.line}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }

  /** Away is a pause: an attempt under way would show another status now and then. */
  private async turn(mood: 'away' | 'back'): Promise<void> {
    const gate = encodeURIComponent(`user:${DEFAULT_APPLICATION_USER.clientId}`);
    const { status } = await this.gateway.operate('PUT', `/v1/gates/${gate}`, {
      paused: mood === 'away',
      reason: `Dataverse is ${mood}.`,
    });
    if (status !== 200) throw new Error(`the gate answered ${status}`);
  }

  private async untilAsShown(step: Runnable): Promise<void> {
    let last: unknown;
    await until(async () => {
      last = await this.once(step).then(
        () => null,
        (error: unknown) => error,
      );
      return last === null;
    }).catch(() => {
      throw last;
    });
  }

  private async once(step: Runnable): Promise<void> {
    const found = step.kind === 'request' ? await this.request(step) : await this.command(step);
    if (found.length > 0) throw new Error(`not as shown:\n  ${found.join('\n  ')}`);
  }

  /** Sends a request; what differs from the answer shown. */
  private async request({ text, answer }: Runnable): Promise<readonly string[]> {
    const { first, headers, body } = readHttpText(this.filled(text));
    const [method = '', path = ''] = first.split(' ');
    const response = await fetch(`${this.variables.GATEWAY}${path}`, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      body,
      redirect: 'manual',
    });
    const content = await response.text();
    if (answer === null) return response.ok ? [] : [`${response.status} ${content}`];
    const shown = readHttpText(answer.text);
    const status = /\b(\d{3})\b/.exec(shown.first)?.[1];
    if (status !== String(response.status)) return [`${shown.first} is shown, ${response.status} ${content} came`];
    const type = response.headers.get('content-type') ?? '';
    return [
      ...shown.headers.flatMap(([name, value]) =>
        differences(value, response.headers.get(name) ?? 'nothing', this.bindings).map((one) => `${name}${one}`),
      ),
      ...(shown.body === null ? [] : differences(readBody(shown.body, type), readBody(content, type), this.bindings)),
    ];
  }

  /** Runs a block of bash, or a program in the file it was written to; what differs from the output shown. */
  private async command({ kind, text, marks, answer }: Runnable): Promise<readonly string[]> {
    const command: [string, string[]] =
      kind === 'program'
        ? [process.execPath, [marks.get('file') ?? '']]
        : ['bash', ['-euo', 'pipefail', '-c', withBindings(text, this.bindings)]];
    const { code, stdout, stderr } = await this.execute(...command);
    const expected = Number(marks.get('exit') ?? 0);
    if (code !== expected) return [`it ended with ${code}, not ${expected}: ${stdout}${stderr}`];
    if (answer === null) return [];
    const type =
      answer.language === 'json'
        ? 'application/json'
        : answer.language === 'ndjson'
          ? 'application/x-ndjson'
          : 'text/plain';
    return differences(readBody(answer.text, type), readBody(stdout, type), this.bindings);
  }

  private async execute(file: string, args: readonly string[]) {
    await this.provideCommands();
    try {
      const output = await run(file, [...args], {
        cwd: this.folder,
        timeout: COMMAND_MS,
        env: {
          PATH: `${join(this.folder, '.bin')}:${dirname(process.execPath)}:${process.env.PATH}`,
          HOME: this.folder,
          ...this.environment.settings,
          ...this.variables,
        },
      });
      return { code: 0, ...output };
    } catch (error) {
      const failed = error as { readonly code?: unknown; readonly stdout?: string; readonly stderr?: string };
      return { code: failed.code, stdout: failed.stdout ?? '', stderr: failed.stderr ?? String(error) };
    }
  }

  /** The gateway's own commands, by the name that the package gives them, and the packages that programs import. */
  private async provideCommands(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await rm(join(this.folder, 'node_modules'), { force: true });
    await symlink(PACKAGES, join(this.folder, 'node_modules'));
    const shim = join('.bin', 'business-events-gateway');
    await this.write(shim, `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`);
    await chmod(join(this.folder, shim), 0o755);
  }

  private async write(name: string, text: string): Promise<void> {
    const path = join(this.folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }

  /** A request with its variables filled in; a shell does that by itself. */
  private filled(text: string): string {
    return withBindings(text, this.bindings).replace(
      /\$([A-Z_]+)/g,
      (all, name: string) => this.variables[name] ?? all,
    );
  }
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** What stands in an emulated environment from its beginning, and in no other one. */
function removeOwnSolution({ emulator: { tables } }: Environment): void {
  const own = tables.rows('solution').find(({ uniquename }) => uniquename === BUSINESS_EVENTS_SOLUTION);
  tables.removeRow('solution', `${own?.solutionid}`);
}
