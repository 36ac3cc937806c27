import type { INestApplicationContext } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { EventCatalog } from '../contract/event-catalog.js';
import { shareExamples } from './share-examples.js';
import { tidySchemas } from './tidy-schemas.js';

/** Names of the two ways to send an API key, as clients generated from the document see them. */
const SCHEMES = { bearer: 'bearer', apiKeyHeader: 'apiKey' };

/** What cannot be derived from the controllers. */
export interface OpenApiOptions {
  readonly catalog: EventCatalog;
  /** The package's version. */
  readonly version: string;
}

/**
 * The OpenAPI document of an application, whether it listens or not. The same for every installation: it is committed,
 * checked for drift, and served at /openapi.json.
 */
export function buildOpenApiDocument(
  app: INestApplicationContext,
  { catalog, version }: OpenApiOptions,
): OpenAPIObject {
  const document = SwaggerModule.createDocument(
    app as Parameters<typeof SwaggerModule.createDocument>[0],
    config(version),
  );
  return shareExamples(tidySchemas(document, catalog));
}

function config(version: string): Omit<OpenAPIObject, 'paths'> {
  const built = new DocumentBuilder()
    .setTitle('Business events gateway')
    .setDescription(DESCRIPTION)
    .setVersion(version)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'This gateway')
    .addTag('Publish', 'Send an event: an endpoint per event type.')
    .addTag('Events', 'What became of events.')
    .addTag('Event types', 'Which events there are.')
    .addTag('Operators', 'What operators do to events and gates, and the audit of it.')
    .addTag('Receipts', 'What Dataverse tells of the events it raised.')
    .addTag('Operations', 'Probes and metrics.')
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        description: 'An API key, or a token of the issuer that the gateway trusts (docs/access.md).',
      },
      SCHEMES.bearer,
    )
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key.' }, SCHEMES.apiKeyHeader)
    .addSecurityRequirements(SCHEMES.bearer)
    .addSecurityRequirements(SCHEMES.apiKeyHeader)
    .build();
  return { ...built, info: { ...built.info, contact: { name: 'Who operates this gateway' } } };
}

const DESCRIPTION = `Takes business events from POS and ERP systems and carries them into Microsoft Dataverse.

A 202 means the event is stored durably: it will be delivered at least once, or end visibly as dead or cancelled. A 4xx
means it was not stored. After a 5xx, a 408 or no answer, send it again with the same key: it is stored once.

Errors are RFC 9457 problems; their \`type\` is stable. Every answer carries a W3C \`traceparent\`.`;
