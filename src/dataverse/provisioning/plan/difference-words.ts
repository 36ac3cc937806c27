import type { StandingApi } from '../compare/compare.js';
import { type JudgedDifference, unlessTolerated } from '../compare/compare-cells.js';
import { staleParts } from './plan-recreation.js';

/** Every difference that is not tolerated, each in a few words. */
export function differencesInWords(standing: StandingApi): readonly string[] {
  const { foreignParameters, responseProperties } = staleParts(standing);
  return [
    ...columnsInWords(standing.differences),
    ...standing.parameters.flatMap(({ wished, deployed, differences }) =>
      deployed === null
        ? [`parameter ${wished.uniqueName} is missing`]
        : columnsInWords(differences).map((words) => `parameter ${wished.uniqueName}: ${words}`),
    ),
    ...foreignParameters.map(({ cells }) => `parameter ${cells.uniquename} is required and not of the definition`),
    ...responseProperties.map(({ cells }) => `response property ${cells.uniquename} is there`),
  ];
}

function columnsInWords(differences: readonly JudgedDifference[]): readonly string[] {
  return unlessTolerated(differences).map(
    ({ column, wished, deployed }) => `${column} is ${JSON.stringify(deployed)}, not ${JSON.stringify(wished)}`,
  );
}
