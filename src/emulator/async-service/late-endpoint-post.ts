import type { EndpointPost, PostOrder, PostOutcome } from './endpoint-post.js';

/** A way of posting that is loaded by the first post: most emulators never post to a bus, and its client takes time to load. */
export class LateEndpointPost implements EndpointPost {
  #loaded: Promise<EndpointPost> | null = null;

  constructor(private readonly load: () => Promise<EndpointPost>) {}

  async post(order: PostOrder): Promise<PostOutcome> {
    this.#loaded ??= this.load();
    return (await this.#loaded).post(order);
  }

  async close(): Promise<void> {
    await (await this.#loaded)?.close();
  }
}
