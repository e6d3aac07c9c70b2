import { zipSync } from 'fflate';

/** The first moment that a zip file can name: equal files are equal bytes, whenever they are made. */
const firstMoment = new Date(1980, 0, 1);

/** A zip file of these files, the same bytes every time; names in Unix order, readable by everybody. */
export function zipped(files: Record<string, Uint8Array>): Uint8Array {
  const sorted = Object.entries(files).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const entries = sorted.map(([name, bytes]): [string, [Uint8Array, object]] => {
    const mode = name.endsWith('.sh') ? 0o755 : 0o644;
    return [name, [bytes, { mtime: firstMoment, os: 3, attrs: mode << 16 }]];
  });
  return zipSync(Object.fromEntries(entries), { level: 9 });
}
