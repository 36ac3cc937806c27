import type { FastifyInstance } from 'fastify';
import type { Organization } from '../organization.js';
import { UserAccesses } from '../web-api/access/user-access.js';
import { asyncRoutes } from './async-routes.js';
import { definitionRoutes } from './definition-routes.js';
import { faultRoutes } from './fault-routes.js';
import { recordRoutes } from './record-routes.js';
import { tableRoutes } from './table-routes.js';

/** What the control endpoint shows and changes. */
export interface Controlled {
  readonly organization: Organization;
  /** PEM. */
  readonly caCertificate: string;
}

/**
 * The control endpoint, in a scope of the server of its own. It asks for no credentials: everybody who reaches the
 * address may use it, which is why the emulator listens on loopback by default.
 */
export function controlRoutes(control: FastifyInstance, { organization, caCertificate }: Controlled): void {
  const json = control.getDefaultJsonParser('error', 'error');
  control.addContentTypeParser('application/json', { parseAs: 'string' }, json);
  const accesses = new UserAccesses(organization.tables);
  control.get('/', () => overview(organization, accesses));
  control.get('/ca.pem', (_request, reply) => reply.type('application/x-pem-file').send(caCertificate));
  asyncRoutes(control, organization);
  recordRoutes(control, organization);
  faultRoutes(control, organization);
  definitionRoutes(control, organization);
  tableRoutes(control, organization);
}

function overview(organization: Organization, accesses: UserAccesses): unknown {
  const { tenantId, origins, customApis, users, protection, settings, points } = organization;
  const { received, requests, watch, asyncService, webhookRoutes } = organization;
  return {
    url: origins[0],
    authorityHost: origins[0],
    tenantId,
    customApis: customApis.all().map(({ uniqueName }) => uniqueName),
    applicationUsers: users.list().map(({ clientId }) => ({ clientId, access: accesses.of(clientId).kind })),
    limits: protection.limits,
    settings,
    unconfirmed: points,
    received: received.total,
    requests: requests.total,
    throttled: requests.throttled,
    earlyCalls: watch.early().count,
    asyncService: asyncService.state,
    webhookRoutes: Object.fromEntries(webhookRoutes),
  };
}
