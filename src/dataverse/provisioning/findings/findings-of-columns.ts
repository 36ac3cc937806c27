import type { ComponentKind, Finding, Obstacle } from '../change.js';
import type { JudgedDifference } from '../compare/compare-cells.js';

/** What a finding is about. */
export type Subject = Pick<Obstacle, 'component' | 'name' | 'type'>;

/** A finding for each column, so that each is shown with its own reason. */
export function findingsOfColumns(subject: Subject, differences: readonly JudgedDifference[]): readonly Finding[] {
  return differences.map(({ column, wished, deployed, isFixed, isLoss, severity, why }) => ({
    ...subject,
    severity,
    what: `the column ${column} of ${TITLES[subject.component]} ${subject.name} is ${shown(deployed)}, not ${shown(wished)}`,
    why,
    advice: adviceFor(severity, { isFixed, isLoss }),
  }));
}

/** What a component is called in sentences. */
const TITLES: Readonly<Record<ComponentKind, string>> = {
  publisher: 'the publisher',
  privilege: 'the privilege',
  solution: 'the solution',
  catalog: 'the catalog',
  'custom-api': 'the custom API',
  'request-parameter': 'the parameter',
  'response-property': 'the response property',
  'catalog-assignment': 'the assignment of',
  'service-endpoint': 'the service endpoint',
  step: 'the step',
  'system-job': 'the system job',
  flow: 'the flow',
  'plug-in-type': 'the plug-in type',
};

function adviceFor(
  severity: Finding['severity'],
  { isFixed, isLoss }: Pick<JudgedDifference, 'isFixed' | 'isLoss'>,
): string {
  if (severity === 'tolerated') return 'nothing has to be done';
  if (isLoss) return '`dataverse apply` unsets it, where it is told to with --recreate: whoever relies on it loses it';
  if (!isFixed) return '`dataverse apply` mends it';
  return 'no update changes it: `dataverse apply` makes it anew, where it is told to with --recreate';
}

function shown(value: unknown): string {
  return value === null ? 'empty' : JSON.stringify(value);
}
