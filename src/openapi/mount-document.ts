import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { buildOpenApiDocument, type OpenApiOptions } from './openapi-document.js';

/**
 * Serves the document at /openapi.json and Swagger UI at /docs, open to everybody. The document is built when it is
 * first asked for, so that the start does not wait for it.
 */
export function mountDocument(app: NestFastifyApplication, options: OpenApiOptions): void {
  SwaggerModule.setup('docs', app, () => buildOpenApiDocument(app, options), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Business events gateway',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true },
  });
}
