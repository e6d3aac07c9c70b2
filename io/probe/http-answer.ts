/** What the bytes received so far amount to. */
export type HttpAnswer =
  | { kind: 'incomplete' }
  | { kind: 'not-http' }
  | { kind: 'http'; status: number; location?: string; body: string; bodyEnded: boolean };

const headerLine = (name: string): RegExp => new RegExp(`^${name}:[ \\t]*(.*?)[ \\t]*\\r?$`, 'im');

/** The lines that are read. */
const headers = {
  location: headerLine('location'),
  transferEncoding: headerLine('transfer-encoding'),
  contentLength: headerLine('content-length'),
};

const statusLine = /^HTTP\/1\.\d \d{3}(?: |\r?$)/;

/** Bytes beyond which the end of the headers is not waited for; servers commonly limit them to 8 or 16 KB. */
const longestAnswer = 65_536;

/**
 * Reads an HTTP/1.x response (RFC 9112) as tolerantly as a health check does: the status line has to be right, the
 * headers only have to end. Interim 1xx responses are skipped.
 */
export function readHttpAnswer(bytes: Buffer): HttpAnswer {
  const text = bytes.toString('latin1');
  const firstLineEnd = text.indexOf('\n');
  const begun =
    firstLineEnd < 0 ? 'HTTP/1.'.startsWith(text.slice(0, 7)) : statusLine.test(text.slice(0, firstLineEnd));
  if (!begun || text.length > longestAnswer) return { kind: 'not-http' };
  const head = /^HTTP\/1\.\d (\d{3})[^\n]*\n((?:[^\r\n][^\n]*\n)*)\r?\n/.exec(text);
  if (head === null) return { kind: 'incomplete' };

  const status = Number(head[1]);
  const rest = bytes.subarray(head[0].length);
  if (status < 200) return rest.length === 0 ? { kind: 'incomplete' } : readHttpAnswer(rest);
  const header = (line: RegExp): string | undefined => line.exec(head[2] ?? '')?.[1];
  const location = header(headers.location);
  return {
    kind: 'http',
    status,
    ...(location !== undefined && { location }),
    ...readBody(rest, header(headers.transferEncoding), header(headers.contentLength)),
  };
}

/** The first bytes as text of at most 64 characters; what is not printable ASCII is written as `\xNN`. */
export const showFirstBytes = (bytes: Buffer): string =>
  [...bytes.subarray(0, 64)]
    .map((byte) =>
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
    )
    .reduce((shown, character) => (shown.length + character.length > 64 ? shown : shown + character), '');

function readBody(rest: Buffer, encoding: string | undefined, length: string | undefined) {
  if (/chunked/i.test(encoding ?? '')) return unchunk(rest);
  const wanted = length === undefined ? Number.POSITIVE_INFINITY : Number(length);
  return { body: rest.subarray(0, wanted).toString('utf8'), bodyEnded: rest.length >= wanted };
}

function unchunk(rest: Buffer): { body: string; bodyEnded: boolean } {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const sizeLine = /^([0-9a-f]{1,8})[^\n]*\n/i.exec(rest.toString('latin1', at, at + 64));
    if (sizeLine === null) return { body: Buffer.concat(parts).toString('utf8'), bodyEnded: false };
    const size = Number.parseInt(sizeLine[1] ?? '0', 16);
    if (size === 0) return { body: Buffer.concat(parts).toString('utf8'), bodyEnded: true };
    const start = at + sizeLine[0].length;
    parts.push(rest.subarray(start, start + size));
    at = start + size + 2;
  }
}
