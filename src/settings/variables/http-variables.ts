import { isHost } from '../setting-formats.js';
import { IntegerSetting, PATH, TextSetting } from '../setting-words.js';
import { parseTrustProxy } from '../trust-proxy.js';

/** Where and how the gateway listens. */
export class HttpVariables {
  @IntegerSetting({
    default: 3000,
    min: 0,
    max: 65_535,
    about: 'The port to listen on; 0 takes any free one.',
  })
  readonly PORT!: number;

  @TextSetting({
    default: '0.0.0.0',
    expectation: 'an IP address or a host name',
    accepts: isHost,
    about: 'The address to listen on; 127.0.0.1 for this machine alone.',
  })
  readonly HOST!: string;

  @TextSetting({
    ...PATH,
    example: '/run/secrets/tls.crt',
    about: "The server's certificate chain, PEM. With TLS_KEY_PATH the gateway speaks https itself.",
  })
  readonly TLS_CERT_PATH!: string | null;

  @TextSetting({
    ...PATH,
    example: '/run/secrets/tls.key',
    about: 'The private key that belongs to TLS_CERT_PATH, PEM, without a passphrase.',
  })
  readonly TLS_KEY_PATH!: string | null;

  @TextSetting({
    default: 'off',
    expectation: 'off, on, or a list of IP addresses and networks such as 10.0.0.0/8, separated by commas',
    accepts: (text) => parseTrustProxy(text) !== null,
    about: 'Whose X-Forwarded-* headers are believed, where TLS ends in front of the gateway.',
  })
  readonly TRUST_PROXY!: string;
}
