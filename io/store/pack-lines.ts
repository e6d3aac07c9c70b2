import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';

/** Bytes up to which handing a text to another thread takes longer than to compress it: some 5 ms. */
const mostInline = 500_000;

/**
 * Lines of text, compressed by gzip; many of them off the main thread. Each is encoded by itself: one character beyond Latin-1
 * in a joined text makes V8 hold and convert all of it in two bytes each.
 */
export async function packLines(lines: string[]): Promise<Uint8Array> {
  const text = Buffer.concat(
    lines.flatMap((line, index) => (index === 0 ? [Buffer.from(line)] : [newline, Buffer.from(line)])),
  );
  return text.length <= mostInline ? gzipSync(text) : promisify(gzip)(text);
}

const newline = Buffer.from('\n');
