import { randomUUID } from 'node:crypto';
import type { HttpAnswer, HttpRequest } from '../request-listener.ts';
import type { Protocol } from './service.ts';
import { type XmlValue, xml } from './xml.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** EC2's variant of the Query protocol: list members are `item`, the result stands in the response itself. */
export const ec2Protocol: Protocol = {
  read: readQuery,
  write: (action, result) => {
    const body = xml({ requestId: randomUUID(), ...(result as Record<string, XmlValue>) }, 'item');
    return answer(
      200,
      `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${body}</${action}Response>`,
    );
  },
  fail: ({ code, message, status }) => {
    const body = xml({ Errors: { Error: { Code: code, Message: message } }, RequestID: randomUUID() }, 'item');
    return answer(status, `<Response>${body}</Response>`);
  },
};

/** The Query protocol of Elastic Load Balancing, STS and SNS: list members are `member`, the result is wrapped. */
export const queryProtocol = (namespace: string): Protocol => ({
  read: readQuery,
  write: (action, result) => {
    const wrapped = { [`${action}Result`]: result as XmlValue, ResponseMetadata: { RequestId: randomUUID() } };
    return answer(200, `<${action}Response xmlns="${namespace}">${xml(wrapped, 'member')}</${action}Response>`);
  },
  fail: ({ code, message, status }) => {
    const type = status < 500 ? 'Sender' : 'Receiver';
    const body = xml({ Error: { Type: type, Code: code, Message: message }, RequestId: randomUUID() }, 'member');
    return answer(status, `<ErrorResponse xmlns="${namespace}">${body}</ErrorResponse>`);
  },
});

function readQuery({ url, body }: HttpRequest) {
  const query = new URLSearchParams(body.length > 0 ? body.toString() : url.split('?')[1]);
  const { Action: action = '', Version: _, ...parameters } = Object.fromEntries(query);
  return { action, parameters };
}

const answer = (status: number, body: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'text/xml;charset=UTF-8' },
  body: declaration + body,
});
