import { isRecord } from './record.ts';

/** A request to AWS, as far as its call can be told from it. */
export interface AwsRequest {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Id of the call that a request to AWS makes: the service is in the signature, the action in a header, the form or the path. */
export function awsCall(request: AwsRequest): string {
  const { method, url, headers, body } = request;
  const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(String(headers['authorization']))?.[1] ?? '';
  const target = headers['x-amz-target']?.toString().split('.').at(-1);
  switch (service) {
    case 'dynamodb':
      return `dynamodb:${target} ${kindOfItem(body)}`;
    case 'eks':
      return `eks:${eksAction(method, url)}`;
    case 's3':
      if (url.includes('list-type=')) return 's3:ListBucket';
      return `s3:${method === 'PUT' ? 'PutObject' : 'GetObject'} ${kindOfObject(url)}`;
    case 'lambda':
      return 'lambda:InvokeFunction';
    case 'monitoring':
      return `cloudwatch:${target}`;
    default:
      return `${service}:${target ?? new URLSearchParams(body).get('Action') ?? ''}`;
  }
}

/** Methods and paths of the Amazon EKS API reference, as far as the product calls them. */
const eksActions: [method: string, path: RegExp, action: string][] = [
  ['GET', /^\/clusters$/, 'ListClusters'],
  ['GET', /^\/clusters\/[^/]+$/, 'DescribeCluster'],
  ['GET', /^\/clusters\/[^/]+\/addons\/[^/]+$/, 'DescribeAddon'],
  ['GET', /^\/clusters\/[^/]+\/capabilities$/, 'ListCapabilities'],
  ['POST', /^\/clusters\/[^/]+\/access-entries$/, 'CreateAccessEntry'],
  ['GET', /^\/clusters\/[^/]+\/access-entries\/[^/]+$/, 'DescribeAccessEntry'],
  ['GET', /\/access-policies$/, 'ListAssociatedAccessPolicies'],
  ['POST', /\/access-policies$/, 'AssociateAccessPolicy'],
];

const eksAction = (method: string, url: string): string => {
  const path = url.split('?')[0] ?? '';
  return eksActions.find((each) => each[0] === method && each[1].test(path))?.[2] ?? '';
};

/** First word of the sort key within a scope, else of the partition key: both are `<KIND>#…`. */
function kindOfItem(body: string): string {
  const input: unknown = JSON.parse(body);
  const { Key, Item, ExpressionAttributeValues: values, RequestItems } = isRecord(input) ? input : {};
  const put = isRecord(RequestItems) ? Object.values(RequestItems).flat()[0] : undefined;
  const key = Key ?? Item ?? (isRecord(put) && isRecord(put['PutRequest']) ? put['PutRequest']['Item'] : undefined);
  const [pk, sk] =
    isRecord(values) && key === undefined
      ? [textOf(values[':pk']), textOf(values[':prefix'])]
      : isRecord(key)
        ? [textOf(key['pk']), textOf(key['sk'])]
        : ['', ''];
  return (pk.startsWith('SCOPE#') ? sk : pk).split('#')[0] ?? '';
}

const textOf = (attribute: unknown): string => (isRecord(attribute) ? String(attribute['S'] ?? '') : '');

/** `plan`, `items`, `network`, `part` and `readings` are what stages leave to each other; what has a date for a name is a report. */
function kindOfObject(url: string): string {
  const name =
    decodeURIComponent(url.split('?')[0] ?? '')
      .split('/')
      .at(-1) ?? '';
  if (name.includes('_vpcflowlogs_')) return 'flow-log';
  return /^\d/.test(name) ? 'report' : (/^[a-z]+/.exec(name)?.[0] ?? '');
}
