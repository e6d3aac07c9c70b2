import type { HttpAnswer, HttpRequest } from '../request-listener.ts';
import type { Protocol } from './service.ts';

/** A path of a REST-JSON service: `GET /clusters/{name}`, by action. */
export type Routes = Record<string, string>;

/** The REST-JSON protocol of EKS: method and path name the action; path, query and body carry the parameters. */
export const restProtocol = (routes: Routes): Protocol => ({
  read: (request) => readRest(request, routes),
  write: (_, result) => answer(200, result),
  fail: ({ code, message, status }) => {
    const failed = answer(status, { message, __type: code });
    return { ...failed, headers: { ...failed.headers, 'x-amzn-errortype': code } };
  },
});

function readRest({ method, url, body }: HttpRequest, routes: Routes) {
  const { pathname, searchParams } = new URL(url, 'http://lab');
  const query = Object.fromEntries(searchParams);
  for (const [action, route] of Object.entries(routes)) {
    const [routeMethod, template = ''] = route.split(' ');
    const pattern = `^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}/?$`;
    const match = method === routeMethod ? new RegExp(pattern).exec(pathname) : null;
    if (match === null) continue;
    const path = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
    const given = body.length === 0 ? {} : JSON.parse(body.toString());
    return { action, parameters: { ...query, ...given, ...Object.fromEntries(path) } };
  }
  return { action: `${method} ${pathname}`, parameters: query };
}

const answer = (status: number, body: object): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
