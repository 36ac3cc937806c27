/** One operation of a `$batch` as a test writes it. */
export interface Part {
  readonly method?: string;
  readonly uri: string;
  readonly body?: string;
}

/** The headers and the body of a `$batch`, every line ended as Dataverse wants it. */
export function batchOf(parts: readonly Part[], prefer?: string): { headers: Record<string, string>; body: string } {
  const bodies = parts.map(({ method = 'POST', uri, body = '' }) =>
    [
      '--batch_1',
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      `${method} ${uri} HTTP/1.1`,
      'Content-Type: application/json; type=entry',
      '',
      `${body}\r\n`,
    ].join('\r\n'),
  );
  const headers = {
    'content-type': 'multipart/mixed; boundary="batch_1"',
    ...(prefer === undefined ? {} : { prefer }),
  };
  return { headers, body: `${bodies.join('')}--batch_1--\r\n` };
}

/** The status lines and bodies of a multipart answer, in its order. */
export function partsOf(contentType: string, text: string): { status: number; head: string; body: string }[] {
  const boundary = /boundary=(\S+)/.exec(contentType)?.[1] ?? '';
  const pieces = text.split(`--${boundary}\r\n`).slice(1);
  return pieces.map((piece) => {
    const [, head = '', body = ''] = piece.split(`--${boundary}--`)[0]?.split('\r\n\r\n') ?? [];
    return { status: Number(head.split(' ')[1]), head, body: body.trim() };
  });
}
