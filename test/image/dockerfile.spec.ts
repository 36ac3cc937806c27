import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEnvironment, type Environment } from '../support/environment.js';
import { GatewayProcess } from '../support/gateway-process.js';
import { purchaseOf } from '../support/purchase-load.js';
import { type BuiltImage, buildImage, readDockerfile } from './dockerfile.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** There may be no container engine: the Dockerfile's own steps are run in empty folders instead. */
describe('the image that the Dockerfile describes', () => {
  let scratch: string;
  let image: BuiltImage;
  let environment: Environment;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'image-'));
    image = buildImage(readDockerfile(join(ROOT, 'Dockerfile')), ROOT, scratch);
    environment = await createEnvironment();
  }, 240_000);

  afterAll(async () => {
    await environment.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('holds what production needs, and neither sources nor development tools', () => {
    const app = join(image.root, image.workingDirectory);
    expect(readdirSync(app).sort()).toEqual(['data', 'dist', 'node_modules', 'package.json']);
    const packages = readdirSync(join(app, 'node_modules'));
    for (const tool of ['jest', 'knip', 'node', 'dependency-cruiser']) expect(packages).not.toContain(tool);
  });

  it('runs as a user without rights, with its database on the one volume', () => {
    expect(image.user).toBe('node');
    expect(image.volumes).toEqual(['/app/data']);
  });

  it('starts with its own command, delivers an event, is found alive by its own health check, and stops with 0', async () => {
    const app = join(image.root, image.workingDirectory);
    // Nothing but the volume is written: the rest of the file system may be read-only.
    spawnSync('chmod', ['-R', 'a-w', join(app, 'dist'), join(app, 'node_modules')]);
    chmodSync(app, 0o555);
    const port = String(10_000 + (process.pid % 20_000));
    const settings = { ...environment.settings, ...image.environment, PORT: port };
    const [node, ...command] = image.command;
    expect(node).toBe('node');
    const gateway = await GatewayProcess.start(
      settings,
      command.map((path) => join(app, path)),
    );
    try {
      const apiKey = await environment.createClient('image');
      const answer = await fetch(`${gateway.url}/v1/events/customer-purchase`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-API-Key': apiKey },
        body: JSON.stringify(purchaseOf('image-1')),
      });
      expect(answer.status).toBe(202);
      await environment.emulator.whenReceived(1);
      expect(healthCheck(app, { ...settings, HOST: '127.0.0.1' })).toBe(0);
    } finally {
      expect(await gateway.stop()).toBe(0);
    }
    expect(healthCheck(app, { ...settings, HOST: '127.0.0.1' })).toBe(1);
    spawnSync('chmod', ['-R', 'u+w', app]);
  }, 120_000);

  function healthCheck(app: string, settings: Readonly<Record<string, string>>): number | null {
    const [, ...command] = image.healthCheck;
    return spawnSync(process.execPath, command, { cwd: app, env: { PATH: process.env.PATH, ...settings } }).status;
  }
});
