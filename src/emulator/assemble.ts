import type { FastifyInstance } from 'fastify';
import { controlRoutes } from './control/control-routes.js';
import { createOrganization } from './create-organization.js';
import { EmulatorFolder } from './emulator-folder.js';
import type { EmulatorOptions } from './emulator-options.js';
import { entraRoutes } from './entra/entra-routes.js';
import { createHttpsServer } from './server/listen.js';
import { RawSockets } from './server/raw-sockets.js';
import { LOOPBACK_NAMES, obtainServerIdentity, type ServerIdentity } from './tls/server-identity.js';
import { WebApi } from './web-api/web-api.js';
import { webApiRoutes } from './web-api/web-api-routes.js';

/** The parts of an emulator. */
export interface EmulatorParts {
  readonly organization: ReturnType<typeof createOrganization>;
  readonly server: FastifyInstance;
  readonly identity: ServerIdentity;
  /** The part that outlives the process, or null without a folder. */
  readonly folder: EmulatorFolder | null;
}

/** Puts an emulator together, up to the moment at which it listens. */
export async function assemble(options: EmulatorOptions): Promise<EmulatorParts> {
  const folder = options.folder === undefined ? null : new EmulatorFolder(options.folder);
  try {
    return { ...(await assembleIn(folder, options)), folder };
  } catch (error) {
    folder?.close();
    throw error;
  }
}

async function assembleIn(
  folder: EmulatorFolder | null,
  options: EmulatorOptions,
): Promise<Omit<EmulatorParts, 'folder'>> {
  const identity = await obtainServerIdentity(folder?.path ?? null, options.hostNames ?? []);
  const organization = createOrganization(options, folder);
  const sockets = new RawSockets();
  const server = createHttpsServer(identity.server, sockets);
  server.register(async (scope) => entraRoutes(scope, organization, sockets));
  server.register(async (scope) => webApiRoutes(scope, new WebApi(organization), sockets));
  server.register(async (scope) => controlRoutes(scope, { organization, caCertificate: identity.caCertificate }), {
    prefix: '/_emulator',
  });
  return { organization, server, identity };
}

/** The addresses of an emulator once it has a port; it uses the first one for itself. */
export function originsOf(hostNames: readonly string[], port: number): readonly string[] {
  return [...LOOPBACK_NAMES, ...hostNames].map((name) => `https://${name.includes(':') ? `[${name}]` : name}:${port}`);
}
