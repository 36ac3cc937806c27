import type { JsonNode } from './json-node.js';

/**
 * The connector's `apiProperties.json`: the questions for a new connection, and the policy that sends its calls to the
 * gateway it names. Facts and their sources: ADR 0017.
 */
export function connectorProperties(): JsonNode {
  return {
    properties: {
      connectionParameters: {
        hostUrl: parameter('string', 1, {
          displayName: 'Gateway address',
          description: 'The address of the gateway, with https:// and without a path.',
          tooltip: 'Such as https://gateway.example.com',
        }),
        api_key: parameter('securestring', 2, {
          displayName: 'Key',
          description: 'The key that an operator of the gateway made for you.',
          tooltip: 'A key of a publisher; it begins with beg_',
        }),
      },
      iconBrandColor: '#1f6f8b',
      capabilities: [],
      policyTemplateInstances: [
        {
          templateId: 'dynamichosturl',
          title: 'Call the gateway of the connection',
          parameters: { 'x-ms-apimTemplateParameter.urlTemplate': "@connectionParameters('hostUrl')" },
        },
      ],
    },
  };
}

function parameter(type: 'string' | 'securestring', tabIndex: number, texts: JsonNode): JsonNode {
  const constraints = { tabIndex, clearText: type === 'string', required: 'true' };
  return { type, uiDefinition: { ...texts, constraints } };
}
