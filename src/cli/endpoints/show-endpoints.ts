import { MAX_JOBS } from '../../dataverse/provisioning/endpoints/step-health.js';
import type { CliContext } from '../cli-context.js';
import { printable, writeTable } from '../write-output.js';
import type { endpointResource, stepResource } from './endpoint-resource.js';

type Endpoint = ReturnType<typeof endpointResource>;
type Step = ReturnType<typeof stepResource>;

/** What `dataverse endpoints` found. */
export interface ShownListing {
  readonly endpoints: readonly Endpoint[];
  readonly pluginSteps: readonly Step[];
  /** How many endpoints have no step for the events, and are not shown. */
  readonly withoutSteps: number;
  /** Event types that no step carries anywhere. */
  readonly typesWithoutSteps: readonly string[];
}

/** Endpoints, their steps, and what their failures mean, for a person. */
export function showEndpoints(shown: ShownListing, context: CliContext): void {
  const { stdout } = context;
  const { endpoints, pluginSteps, withoutSteps, typesWithoutSteps } = shown;
  const steps = [...endpoints.flatMap((endpoint) => endpoint.steps), ...pluginSteps];
  if (endpoints.length > 0) {
    writeTable(context, ['ENDPOINT', 'KIND', 'ADDRESS', 'AUTHENTICATION'], endpoints.map(endpointCells));
    stdout.write('\n');
  }
  if (steps.length === 0) stdout.write('No step carries these events anywhere.\n');
  else
    writeTable(context, ['STEP', 'STATE', 'FAILED', 'WAITING', 'LAST FAILURE', 'LAST SUCCESS'], steps.map(stepCells));
  for (const step of steps) stdout.write(explained(step));
  if (steps.length > 0 && typesWithoutSteps.length > 0) {
    stdout.write(`\nNo step carries ${typesWithoutSteps.join(', ')}. Flows that wait for an event need none.\n`);
  }
  if (withoutSteps > 0) {
    const others = withoutSteps === 1 ? '1 other endpoint has' : `${withoutSteps} other endpoints have`;
    stdout.write(`\n${others} no step on these events; --all lists them.\n`);
  }
}

function endpointCells({ name, kind, address, authentication, secretSet }: Endpoint): readonly string[] {
  const set = secretSet ? 'set' : 'not set';
  return [name, kind, address ?? '', authentication === null ? '' : `${authentication}, ${set}`];
}

function stepCells({ name, enabled, asynchronous, health }: Step): readonly string[] {
  const { failed, waiting, lastFailure, lastSuccess } = health;
  const state = enabled ? 'enabled' : 'disabled';
  return [
    name,
    asynchronous ? state : `${state}, synchronous`,
    counted(failed),
    counted(waiting),
    lastFailure?.at ?? '',
    lastSuccess ?? 'not kept',
  ];
}

function counted(jobs: number): string {
  return jobs === MAX_JOBS ? `${jobs} or more` : String(jobs);
}

function explained({ name, health: { lastFailure } }: Step): string {
  if (lastFailure === null) return '';
  const { code, meaning, advice, text } = lastFailure;
  const said = text === null ? '' : `\n  Dataverse: ${printable(text)}`;
  return `\n${printable(name)} failed last because ${meaning}${code === null ? '' : ` (${code})`}.${said}\n  ${advice}\n`;
}
