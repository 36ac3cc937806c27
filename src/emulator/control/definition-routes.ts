import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CustomApi, RequestParameter } from '../../contract/custom-api.js';
import type { EmulatorSettings } from '../emulator-settings.js';
import type { ApplicationUser, NewApplicationUser } from '../entra/application-user.js';
import type { ServiceProtectionLimits } from '../limits/service-protection-limits.js';
import type { Organization } from '../organization.js';
import { UserAccesses } from '../web-api/access/user-access.js';
import { APPLICATION_USER_SCHEMA, CUSTOM_API_SCHEMA, LIMITS_SCHEMA, SETTINGS_SCHEMA } from './schemas.js';

type Named<Body = unknown> = FastifyRequest<{ Body: Body; Params: { name: string } }>;
type GivenParameter = Pick<RequestParameter, 'uniqueName' | 'type'> & Partial<RequestParameter>;
type GivenApi = Pick<CustomApi, 'uniqueName'> &
  Partial<CustomApi> & { readonly requestParameters: readonly GivenParameter[] };

/** What the organization is made of: custom APIs, application users, limits, settings. */
export function definitionRoutes(control: FastifyInstance, organization: Organization): void {
  customApiRoutes(control, organization);
  applicationUserRoutes(control, organization);
  const { protection, settings } = organization;
  control.get('/limits', () => protection.limits);
  control.put('/limits', { schema: { body: LIMITS_SCHEMA } }, ({ body }: FastifyRequest) => {
    protection.change(body as Partial<ServiceProtectionLimits>);
    return protection.limits;
  });
  control.get('/settings', () => settings);
  control.put('/settings', { schema: { body: SETTINGS_SCHEMA } }, ({ body }: FastifyRequest) =>
    Object.assign(settings, body as Partial<EmulatorSettings>),
  );
}

function customApiRoutes(control: FastifyInstance, { customApis }: Organization): void {
  const list = { type: 'array', items: CUSTOM_API_SCHEMA };
  control.get('/custom-apis', () => customApis.contracts());
  control.put('/custom-apis', { schema: { body: list } }, ({ body }: FastifyRequest) => {
    customApis.replaceAll((body as readonly GivenApi[]).map(completed));
    return customApis.contracts();
  });
  control.put('/custom-apis/:name', { schema: { body: CUSTOM_API_SCHEMA } }, ({ body, params }: Named<GivenApi>) => {
    const api = completed({ ...body, uniqueName: params.name });
    customApis.put(api);
    return api;
  });
  control.delete('/custom-apis/:name', ({ params }: Named, reply) =>
    reply.code(customApis.remove(params.name) ? 204 : 404).send(),
  );
}

function applicationUserRoutes(control: FastifyInstance, { users, tokens, protection, tables }: Organization): void {
  const accesses = new UserAccesses(tables);
  const seat = ({ clientId }: ApplicationUser) => {
    const access = accesses.of(clientId);
    return { clientId, access: access.kind, userId: 'userId' in access ? access.userId : null };
  };
  control.get('/application-users', () => users.list().map(seat));
  control.post('/application-users', { schema: { body: APPLICATION_USER_SCHEMA } }, (request: FastifyRequest, reply) =>
    reply.code(201).send(seat(users.register(request.body as NewApplicationUser))),
  );
  control.post('/application-users/:name/revoke-secret', ({ params }: Named, reply) =>
    reply.code(users.revokeSecret(params.name) ? 204 : 404).send(),
  );
  control.post('/application-users/:name/revoke-tokens', ({ params }: Named, reply) => {
    tokens.revoke(params.name);
    return reply.code(204).send();
  });
  control.get('/application-users/:name/limits', ({ params }: Named) => protection.limitsOf(params.name));
  control.put(
    '/application-users/:name/limits',
    { schema: { body: LIMITS_SCHEMA } },
    ({ body, params }: Named<Partial<ServiceProtectionLimits>>) => {
      protection.change(body, params.name);
      return protection.limitsOf(params.name);
    },
  );
  control.post('/tokens/revoke', (_request, reply) => {
    tokens.revoke(null);
    return reply.code(204).send();
  });
}

/** Displayed names and descriptions matter to the definition alone; calls are checked without them. */
function completed(given: GivenApi): CustomApi {
  const texts = ({
    uniqueName,
    displayName = uniqueName,
    description = '',
  }: Pick<CustomApi, 'uniqueName'> & Partial<CustomApi>) => ({
    uniqueName,
    displayName,
    description,
  });
  return {
    ...texts(given),
    requestParameters: given.requestParameters.map(
      ({ isOptional = false, logicalEntityName = null, ...parameter }) => ({
        ...texts(parameter),
        type: parameter.type,
        isOptional,
        logicalEntityName,
      }),
    ),
  };
}
