import type { HttpAnswer, HttpRequest } from '../request-listener.ts';
import type { Protocol } from './service.ts';
import { type XmlValue, xml } from './xml.ts';

const actions: Record<string, string> = { PUT: 'PutObject', GET: 'GetObject' };

/** The REST-XML protocol of S3 for objects and lists of them, with the bucket in the path: `/<bucket>/<key>`. */
export const s3Protocol: Protocol = {
  read: ({ method, url, headers }: HttpRequest) => {
    const { pathname, searchParams } = new URL(url, 'http://lab');
    const [, bucket = '', ...key] = pathname.split('/').map(decodeURIComponent);
    if (searchParams.has('list-type')) {
      const asked = ['prefix', 'start-after', 'continuation-token', 'max-keys'].filter((name) =>
        searchParams.has(name),
      );
      return {
        action: 'ListObjectsV2',
        parameters: { Bucket: bucket, ...Object.fromEntries(asked.map((name) => [name, searchParams.get(name)])) },
      };
    }
    const named = { 'Content-Type': headers['content-type'], 'Content-Encoding': headers['content-encoding'] };
    const given = Object.entries(named).filter(([, value]) => method === 'PUT' && value !== undefined);
    return {
      action: actions[method] ?? method,
      parameters: { Bucket: bucket, Key: key.join('/'), ...Object.fromEntries(given) },
    };
  },
  write: (action, result) => answer(200, action === 'ListObjectsV2' ? listing(result) : ''),
  fail: ({ code, message, status }) =>
    answer(
      status,
      `<?xml version="1.0" encoding="UTF-8"?>\n${xml({ Error: { Code: code, Message: message } }, 'member')}`,
    ),
};

/** Objects stand in the list one after the other, with no element around them. */
function listing({ Contents = [], ...rest }: { Contents?: XmlValue[] }): string {
  const inside = `${xml(rest, 'member')}${xml(Contents, 'Contents')}`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult>${inside}</ListBucketResult>`;
}

const answer = (status: number, body: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body,
});
