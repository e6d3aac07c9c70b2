import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, brotliDecompress, constants, gunzip } from 'node:zlib';

/** How hard Brotli tries, and the bytes up to which handing a text to another thread takes longer than that: some 4 ms. */
interface Effort {
  quality: number;
  mostInline: number;
}

/** A sixth of the CPU of gzip, for many texts at once. */
const quick: Effort = { quality: 1, mostInline: 4_000_000 };

/** Half of the bytes, for what is written at every run: DynamoDB bills each KB. */
const thorough: Effort = { quality: 5, mostInline: 500_000 };

/** A compressed text; a long one is compressed off the main thread. Brotli, since items repeat themselves beyond the 32 KB that gzip looks back. */
export async function packText(text: string | Buffer, { quality, mostInline } = thorough): Promise<Uint8Array> {
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_LGWIN]: 22 } };
  return text.length <= mostInline ? brotliCompressSync(text, options) : promisify(brotliCompress)(text, options);
}

/** Lines, each encoded by itself: one character beyond Latin-1 in a joined text makes V8 hold and convert all of it in two bytes each. */
export const packLines = (lines: string[]): Promise<Uint8Array> =>
  packText(
    Buffer.concat(lines.flatMap((line, index) => (index === 0 ? [Buffer.from(line)] : [newline, Buffer.from(line)]))),
    quick,
  );

const newline = Buffer.from('\n');

/**
 * The text again, also of what older versions compressed by gzip. Throws where it is neither, and where it has more bytes than the
 * writer puts into one: a few hundred bytes of Brotli can hold gigabytes.
 */
export async function unpackText(packed: Uint8Array, mostBytes: number): Promise<string> {
  const unpack = isGzip(packed) ? promisify(gunzip) : promisify(brotliDecompress);
  return (await unpack(packed, { maxOutputLength: mostBytes })).toString();
}

/** RFC 1952. A stream of Brotli begins with the size of its window (RFC 7932): another byte than this one for any that is written here. */
const isGzip = ([first, second]: Uint8Array): boolean => first === 0x1f && second === 0x8b;
