import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings/read-settings.js';
import { startLine } from './start-line.js';

const REQUIRED = {
  DATAVERSE_URL: 'https://org.crm.dynamics.com',
  AZURE_TENANT_ID: '6f0d9bd5-3a52-4d2c-9a3e-3c1f6f6b2d11',
  AZURE_CLIENT_ID: '0b1c2d3e-1111-2222-3333-444455556666',
  AZURE_CLIENT_SECRET: 'a-secret-of-entra',
};
const URL_OF_GATEWAY = 'http://0.0.0.0:3000';

const lineOf = (more: Readonly<Record<string, string>>) =>
  startLine(URL_OF_GATEWAY, readSettings({ ...REQUIRED, ...more }));

describe('the line of a gateway that has started', () => {
  it('says which one it is and what it works on', () => {
    expect(lineOf({ DATABASE_URL: 'sqlite:/data/gateway.db', METRICS_PORT: '9464' })).toEqual({
      url: URL_OF_GATEWAY,
      pid: process.pid,
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      store: '/data/gateway.db',
      dataverse: 'https://org.crm.dynamics.com',
      metricsPort: 9464,
      receipts: [],
    });
  });

  it('names the file of a relative path in full: a folder that was mistaken is seen', () => {
    expect(lineOf({ DATABASE_URL: 'sqlite:./data/gateway.db' }).store).toBe(`${process.cwd()}/data/gateway.db`);
  });

  it('says how receipts come, and no secret of anything', () => {
    const bus = 'Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=';
    const line = lineOf({
      DATABASE_URL: 'postgres://gateway:pass-word@db.contoso.com:5432/events?sslpassword=other-word',
      SERVICE_BUS_CONNECTION_STRING: `${bus}${Buffer.from('a key of the bus').toString('base64')}`,
      SERVICE_BUS_QUEUE: 'receipts',
    });
    expect(line).toMatchObject({ store: 'postgres://db.contoso.com:5432/events', receipts: ['service-bus'] });
    for (const secret of ['word', 'secret', 'SharedAccessKey', 'gateway:'])
      expect(JSON.stringify(line)).not.toContain(secret);
  });
});
