import type { INestApplication } from '@nestjs/common';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** Serves the document at /openapi.json and Swagger UI at /docs, open to everybody. Before the application listens. */
export function serveDocs(app: INestApplication, document: OpenAPIObject): void {
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Business events gateway',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true },
  });
}
