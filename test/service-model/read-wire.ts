import { XMLParser } from 'fast-xml-parser';
import type { Wire } from './faults.ts';
import type { WireProtocol } from './shape.ts';

type Tree = { [name: string]: Tree | string };

/** The parameters of a call as a tree; `Filter.1.Name` becomes `{ Filter: { 1: { Name } } }`. */
export function readRequest(parameters: Record<string, unknown>, protocol: WireProtocol): Wire {
  if (protocol === 'json' || protocol.startsWith('rest-')) return parameters;
  const tree: Tree = {};
  for (const [path, value] of Object.entries(parameters)) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let branch: Tree = tree;
    for (const name of names) {
      const next = branch[name];
      const grown: Tree = typeof next === 'object' ? next : {};
      branch[name] = grown;
      branch = grown;
    }
    branch[last] = String(value);
  }
  return tree;
}

/** Lists of S3 that have no element around them. */
const flat = new Set(['Contents']);

const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  isArray: (name) => flat.has(name),
});

/** The result in an answer, without what wraps it; `undefined` where the wrapping is wrong. */
export function readAnswer(answer: string, action: string, protocol: WireProtocol): Wire {
  if (protocol === 'json' || protocol === 'rest-json') return answer === '' ? {} : JSON.parse(answer);
  if (protocol === 'rest-xml') return answer === '' ? {} : Object.values(parser.parse(answer))[0];
  const response: Tree | undefined = parser.parse(answer)[`${action}Response`];
  if (response === undefined) return undefined;
  if (protocol === 'query') return response[`${action}Result`];
  const { requestId, ...result } = response;
  return requestId === undefined ? undefined : result;
}

/** The error code in an answer; `undefined` where there is none in the place where the protocol has it. */
export function readErrorCode(answer: string, protocol: WireProtocol): string | undefined {
  if (protocol === 'json' || protocol === 'rest-json') {
    const { __type, message } = JSON.parse(answer);
    return typeof message === 'string' || protocol === 'json' ? String(__type).split('#').at(-1) : undefined;
  }
  const parsed = parser.parse(answer);
  if (protocol === 'rest-xml') return parsed.Error?.Code;
  return protocol === 'ec2' ? parsed.Response?.Errors?.Error?.Code : parsed.ErrorResponse?.Error?.Code;
}
