import type { FastifyInstance } from 'fastify';
import type { Organization } from '../organization.js';
import { definitionRoutes } from './definition-routes.js';
import { faultRoutes } from './fault-routes.js';
import { recordRoutes } from './record-routes.js';

/** What the control endpoint shows and steers. */
export interface Controlled {
  readonly organization: Organization;
  /** PEM. */
  readonly caCertificate: string;
}

/**
 * Puts the control endpoint under `/_emulator`. It asks for no credentials: whoever reaches the address may use it,
 * which is why the emulator listens on loopback unless told otherwise.
 */
export function controlRoutes(server: FastifyInstance, { organization, caCertificate }: Controlled): void {
  server.register(
    async (control) => {
      control.addContentTypeParser(
        'application/json',
        { parseAs: 'string' },
        control.getDefaultJsonParser('error', 'error'),
      );
      control.get('/', () => overview(organization));
      control.get('/ca.pem', (_request, reply) => reply.type('application/x-pem-file').send(caCertificate));
      recordRoutes(control, organization);
      faultRoutes(control, organization);
      definitionRoutes(control, organization);
    },
    { prefix: '/_emulator' },
  );
}

function overview(organization: Organization): unknown {
  const { tenantId, origins, customApis, users, protection, settings, points, received, requests, watch } =
    organization;
  return {
    url: origins[0],
    authorityHost: origins[0],
    tenantId,
    customApis: [...customApis.keys()],
    applicationUsers: users.list().map(({ clientId, access }) => ({ clientId, access })),
    limits: protection.limits,
    settings,
    unconfirmed: points,
    received: received.total,
    requests: requests.total,
    earlyCalls: watch.early().count,
  };
}
