import type { TableSource } from '../odata/table-source.js';
import type { Row } from '../tables/table-definition.js';
import { parameterType } from './edm-types.js';
import type { XmlNode } from './xml-node.js';

/**
 * An input in the column `inputparameters` of a `workflow` row, in the emulator's own form; Dataverse's form is not
 * documented.
 */
interface Input {
  readonly name: string;
  /** As custom API parameters have it, 0 to 12. */
  readonly type: number;
  readonly required?: boolean;
  readonly table?: string;
}

/**
 * The custom process actions in `$metadata`: the activated ones, under the names of their messages. `inputparameters`
 * is JSON here: `[{ "name": "OrderId", "type": 10, "required": true }]`.
 */
export function describeProcessActions(source: TableSource): readonly XmlNode[] {
  return source.rows('workflow').flatMap((workflow) => {
    const { category, type, statecode, sdkmessageid } = workflow;
    const message = source.rows('sdkmessage').find((row) => row.sdkmessageid === sdkmessageid);
    const isCallable = category === 3 && type === 1 && statecode === 1 && message !== undefined;
    return isCallable ? [describe(workflow, String(message.name))] : [];
  });
}

function describe({ primaryentity, inputparameters }: Row, name: string): XmlNode {
  const inputs = JSON.parse(String(inputparameters ?? '[]')) as readonly Input[];
  const isBound = primaryentity !== null && primaryentity !== 'none';
  const target = { '@Name': 'entity', '@Type': `mscrm.${primaryentity}`, '@Nullable': 'false' };
  const parameters = inputs.map(
    (input): XmlNode => ({
      '@Name': input.name,
      '@Type': parameterType(input.type, input.table ?? null),
      ...(input.required === true ? { '@Nullable': 'false' } : {}),
    }),
  );
  return {
    '@Name': name,
    ...(isBound ? { '@IsBound': 'true' } : {}),
    Parameter: isBound ? [target, ...parameters] : parameters,
  };
}
