import type { Answer, Api } from './refusal.ts';

/** The same answer with a token for a next page; also where the API has no pages, which must then not matter. */
export function withToken(api: Api, { status, headers, body }: Answer, token: string): Answer {
  return { status, headers, body: Buffer.from(status === 200 ? marked(api, body.toString(), token) : body) };
}

function marked(api: Api, text: string, token: string): string {
  switch (api) {
    case 'query':
      return text
        .replace(/<NextMarker>.*?<\/NextMarker>/, '')
        .replace(/(<\/\w+Result>)/, `<NextMarker>${token}</NextMarker>$1`);
    case 'ec2':
      return text
        .replace(/<nextToken>.*?<\/nextToken>/, '')
        .replace(/(<\/\w+Response>)/, `<nextToken>${token}</nextToken>$1`);
    case 'rest':
      return JSON.stringify({ ...JSON.parse(text), nextToken: token });
    case 'json':
      return JSON.stringify({ ...JSON.parse(text), NextToken: token, LastEvaluatedKey: keyOf(token) });
    case 's3':
    case 'slack':
    case 'web':
      // They are asked for one thing, which has no pages.
      return text;
    case 'kubernetes':
      return text.startsWith('{') ? markedList(JSON.parse(text), token) : text;
  }
}

const keyOf = (token: string) => ({ pk: { S: 'SCOPES' }, sk: { S: token } });

const markedList = (list: { metadata?: object }, token: string): string =>
  JSON.stringify({ ...list, metadata: { ...list.metadata, continue: token } });
