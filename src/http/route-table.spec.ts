import { describe, expect, it } from '@jest/globals';
import { RouteTable } from './route-table.js';

const table = new RouteTable();
table.add('POST', '/v1/events/customer-purchase');
table.add(['GET', 'HEAD'], '/v1/events/:id');
table.add('POST', '/v1/events/:id/replay');
table.add('GET', '/docs/*');
table.add('GET', '/openapi.json');

describe('the route table', () => {
  it.each([
    ['/v1/events/customer-purchase', ['POST']],
    ['/v1/events/019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70', ['GET', 'HEAD']],
    ['/v1/events/019aab11-6f2e-7c3a-9d4e-2f6b8a1c5d70/replay', ['POST']],
    ['/v1/events/unknown-type', []],
    ['/docs/any/depth', ['GET']],
    ['/openapi.json', ['GET']],
    ['/openapiXjson', []],
    ['/v1/events', []],
  ])('knows what %s takes', (path, methods) => {
    expect(table.methodsAt(path)).toEqual(methods);
  });
});
