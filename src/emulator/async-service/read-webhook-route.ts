/** From which origin to which. */
export type WebhookRoute = readonly [from: string, to: string];

const BUS_SCHEMES: readonly string[] = ['amqp:', 'amqps:'];
const HTTP_SCHEMES: readonly string[] = ['http:', 'https:'];

/** A route in its canonical spelling, or what is wrong with it: where an endpoint's origin leads on this machine. */
export function readWebhookRoute(from: string, to: string): WebhookRoute | string {
  const [registered, called] = [originOf(from), originOf(to)];
  if (registered === null || called === null) {
    return `'${registered === null ? from : to}' is no origin: a scheme, a host and perhaps a port, such as http://shop.example`;
  }
  const isBus = registered.scheme === 'sb:';
  if (!isBus && !HTTP_SCHEMES.includes(registered.scheme)) {
    return `endpoints are registered with http:, https: or sb:, not with ${registered.scheme}`;
  }
  const schemes = isBus ? BUS_SCHEMES : HTTP_SCHEMES;
  return schemes.includes(called.scheme)
    ? [registered.text, called.text]
    : `an address with ${registered.scheme} can lead to ${schemes.join(' or ')} only, not to ${called.scheme}`;
}

/** `URL.origin` knows only the schemes of the web. */
function originOf(text: string): { readonly scheme: string; readonly text: string } | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.host === '' || !['', '/'].includes(url.pathname)) return null;
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') return null;
  return { scheme: url.protocol, text: `${url.protocol}//${url.host.toLowerCase()}` };
}
