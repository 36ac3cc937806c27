import { PROBLEM_TYPES } from '../../../src/http/problem-types.js';

/** docs/problems.md as the code has it. */
export function problemsDocument(): string {
  const sections = Object.entries(PROBLEM_TYPES).map(
    ([slug, { status, title, advice }]) => `## ${slug}\n\n**${status}. ${title}.** ${advice}\n`,
  );
  return `${INTRODUCTION}\n${sections.join('\n')}`;
}

const INTRODUCTION = `# Problems

Every error is an RFC 9457 problem, \`application/problem+json\`:

\`\`\`json
{
  "type": "/problems/invalid-event",
  "title": "The event is not valid",
  "status": 400,
  "detail": "The event is not valid; errors names every fault.",
  "instance": "/v1/events/customer-purchase",
  "errors": [{ "pointer": "/totalAmount", "detail": "is required" }]
}
\`\`\`

Decide by \`type\`: it never changes. \`title\` and \`detail\` are for people. \`errors\` names every fault of an input at once (up
to a hundred), by JSON pointer (RFC 6901), and never repeats a value that was sent.

- **4xx**: nothing was stored, and nothing will be delivered. Sending the same again gets the same answer (but for 408 and 429).
- **5xx, 408, or no answer**: unless the problem says that nothing was stored, nobody knows. Send the same again with the same
  key; it is stored once.
`;
