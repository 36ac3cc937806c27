import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, type ApiResponseOptions, getSchemaPath } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE, problemOf } from './problem.js';
import { ProblemResource } from './problem.resource.js';
import { PROBLEM_TYPES, type ProblemSlug } from './problem-types.js';

/** What the guard answers with, at each endpoint. */
const OF_THE_GUARD: readonly ProblemSlug[] = ['rate-limited', 'credentials-slowed', 'issuer-unavailable'];

/** The problems that the HTTP server answers with before it looks for a route, and the one for unforeseen failures. */
const OF_THE_SERVER: readonly ProblemSlug[] = [
  'malformed-request',
  'request-timeout',
  'headers-too-large',
  'internal-error',
];

const RETRY_AFTER = {
  'Retry-After': {
    description: 'Seconds after which a repeat is worth trying.',
    schema: { type: 'integer' as const, minimum: 1 },
  },
};

/** On answers to a client that has a rate; every other answer to it carries these headers too. */
const RATE_LIMIT = {
  'RateLimit-Policy': {
    description: 'How much the client may send, where it is held to a rate (IETF draft "RateLimit header fields").',
    schema: { type: 'string' as const, example: '"client";q=100;w=10' },
  },
  RateLimit: {
    description: 'How much of it is left, and after how many seconds there is more.',
    schema: { type: 'string' as const, example: '"client";r=0;t=1' },
  },
};

const HEADERS: Readonly<Record<number, NonNullable<ApiResponseOptions['headers']>>> = {
  429: { ...RETRY_AFTER, ...RATE_LIMIT },
  503: RETRY_AFTER,
};

/**
 * Documents the problems that an operation may answer with, one OpenAPI response per status. Where a credential is
 * needed, `unauthenticated` stands for everything that the guard may answer.
 */
export function ApiProblems(...slugs: readonly ProblemSlug[]): MethodDecorator & ClassDecorator {
  const ofGuard = slugs.includes('unauthenticated') ? OF_THE_GUARD : [];
  const byStatus = Map.groupBy(new Set([...slugs, ...ofGuard, ...OF_THE_SERVER]), (slug) => PROBLEM_TYPES[slug].status);
  const responses = [...byStatus].map(([status, ofStatus]) => ApiResponse(responseFor(status, ofStatus)));
  return applyDecorators(ApiExtraModels(ProblemResource), ...responses);
}

function responseFor(status: number, slugs: readonly ProblemSlug[]) {
  const headers = HEADERS[status];
  const examples = slugs.map((slug) => {
    const { title, advice } = PROBLEM_TYPES[slug];
    return [slug, { summary: title, value: problemOf(slug, { detail: advice, instance: '/v1/events' }) }] as const;
  });
  return {
    status,
    description: slugs.map((slug) => `${PROBLEM_TYPES[slug].title} (\`${slug}\`).`).join(' '),
    ...(headers === undefined ? {} : { headers }),
    content: {
      [PROBLEM_MEDIA_TYPE]: {
        schema: { $ref: getSchemaPath(ProblemResource) },
        examples: Object.fromEntries(examples),
      },
    },
  };
}
