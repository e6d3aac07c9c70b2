import type { HttpAnswer, HttpRequest } from '../request-listener.ts';
import type { Protocol } from './service.ts';
import { xml } from './xml.ts';

const actions: Record<string, string> = { PUT: 'PutObject', GET: 'GetObject' };

/** The REST-XML protocol of S3 for objects, with the bucket in the path: `/<bucket>/<key>`. */
export const s3Protocol: Protocol = {
  read: ({ method, url, headers }: HttpRequest) => {
    const [, bucket = '', ...key] = new URL(url, 'http://lab').pathname.split('/').map(decodeURIComponent);
    const named = { 'Content-Type': headers['content-type'], 'Content-Encoding': headers['content-encoding'] };
    const given = Object.entries(named).filter(([, value]) => method === 'PUT' && value !== undefined);
    return {
      action: actions[method] ?? method,
      parameters: { Bucket: bucket, Key: key.join('/'), ...Object.fromEntries(given) },
    };
  },
  write: () => answer(200, ''),
  fail: ({ code, message, status }) =>
    answer(
      status,
      `<?xml version="1.0" encoding="UTF-8"?>\n${xml({ Error: { Code: code, Message: message } }, 'member')}`,
    ),
};

const answer = (status: number, body: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body,
});
