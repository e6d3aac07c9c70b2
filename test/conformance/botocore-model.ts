import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { ApiModel, Member, Operation, Shape, WireProtocol } from '../service-model/shape.ts';

/** Where botocore keeps the model of a service, by signing name. */
const files: Record<string, string> = {
  cloudtrail: 'cloudtrail/2013-11-01',
  dynamodb: 'dynamodb/2012-08-10',
  ec2: 'ec2/2016-11-15',
  eks: 'eks/2017-11-01',
  elasticloadbalancing: 'elbv2/2015-12-01',
  logs: 'logs/2014-03-28',
  monitoring: 'cloudwatch/2010-08-01',
  s3: 's3/2006-03-01',
  secretsmanager: 'secretsmanager/2017-10-17',
  events: 'events/2015-10-07',
  sns: 'sns/2010-03-31',
  sts: 'sts/2011-06-15',
};

interface ModelFile {
  /** In the order of AWS's own preference; the first that the SDK of the product speaks too is that of its calls. */
  metadata: { protocols: (WireProtocol | 'smithy-rpc-v2-cbor')[] };
  operations: Record<string, { input?: MemberRef; output?: MemberRef; errors?: { shape: string }[] }>;
  shapes: Record<string, ModelShape>;
}

interface MemberRef {
  shape: string;
  location?: string;
  locationName?: string;
  queryName?: string;
}

interface ModelShape {
  type: string;
  required?: string[];
  members?: Record<string, MemberRef>;
  member?: MemberRef;
  value?: MemberRef;
  union?: boolean;
  enum?: string[];
  pattern?: string;
  min?: number;
  max?: number;
  error?: { code?: string };
}

/** The models of botocore, with enums, limits and declared errors. */
export function botocoreModel(data: string): ApiModel {
  const models = new Map<string, ModelFile>();
  return (service, action) => {
    const file = files[service];
    if (file === undefined) return undefined;
    const model = models.get(service) ?? read(`${data}/${file}/service-2.json.gz`);
    models.set(service, model);
    return operationOf(model, action);
  };
}

const read = (path: string): ModelFile => JSON.parse(gunzipSync(readFileSync(path)).toString());

type WireName = (name: string, ref: MemberRef) => string;

function operationOf({ metadata, operations, shapes }: ModelFile, action: string): Operation | undefined {
  const operation = operations[action];
  const protocol = metadata.protocols.find((each) => each !== 'smithy-rpc-v2-cbor');
  if (operation === undefined || protocol === undefined) return undefined;
  const shapeOf = (ref: MemberRef | undefined, wireName: WireName): Shape =>
    ref === undefined ? { kind: 'structure', members: {}, union: false } : translate(shapes, ref.shape, wireName);
  const errors = operation.errors?.map(({ shape }) => shapes[shape]?.error?.code ?? shape);
  return {
    protocol,
    input: shapeOf(operation.input, protocol === 'ec2' ? ec2RequestName : wireNameOf),
    output: shapeOf(operation.output, wireNameOf),
    ...(errors !== undefined && { errors }),
  };
}

/** What stands in the path has no name there; the lab calls it as the member. */
const wireNameOf: WireName = (name, { location, locationName }) => (location === 'uri' ? name : (locationName ?? name));

const ec2RequestName: WireName = (name, { locationName = name, queryName }) =>
  queryName ?? locationName.replace(/^./, (letter) => letter.toUpperCase());

function translate(shapes: Record<string, ModelShape>, name: string, wireName: WireName): Shape {
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`the model has no shape ${name}`);
  const { type, min, max, pattern, enum: values, required = [], members = {}, member, value, union = false } = shape;
  const limits = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  const inside = (ref: MemberRef | undefined) => () => translate(shapes, ref?.shape ?? '', wireName);
  switch (type) {
    case 'structure':
      return {
        kind: 'structure',
        union,
        members: Object.fromEntries(
          Object.entries(members).map(([each, ref]): [string, Member] => [
            wireName(each, ref),
            { shape: inside(ref), required: required.includes(each) },
          ]),
        ),
      };
    case 'list':
      return { kind: 'list', element: member?.locationName ?? 'member', of: inside(member), ...limits };
    case 'map':
      return { kind: 'map', of: inside(value) };
    case 'string':
      return { kind: 'string', ...(values && { values }), ...(pattern && { pattern }), ...limits };
    case 'boolean':
      return { kind: 'boolean' };
    case 'timestamp':
      return { kind: 'timestamp' };
    case 'blob':
      return { kind: 'string' };
    default:
      return { kind: 'number', ...limits };
  }
}
