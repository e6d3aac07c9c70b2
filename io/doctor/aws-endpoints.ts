import { DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import { ListClustersCommand } from '@aws-sdk/client-eks';
import { DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Clients } from '../aws/clients.ts';
import { requestHandler } from '../aws/time-outs.ts';
import type { Examination } from './examination.ts';
import { type Reach, reach } from './reach.ts';
import { type Host, unsent } from './unsent.ts';

export interface EndpointCase {
  clients: Clients;
  vpcId: string | undefined;
  /** Where reports are to be kept. */
  reportBucket: string | undefined;
}

/** Whether the host of each AWS API has an address here and takes a connection. */
export async function examineAwsEndpoints({ clients, vpcId, reportBucket }: EndpointCase): Promise<Examination[]> {
  const hosts = [...(await hostsOf(clients)), ...(await hostOfBucket(reportBucket))];
  // Several APIs have one host where AWS_ENDPOINT_URL says so.
  const places = new Map(hosts.map(({ host, port }) => [port === 443 ? host : `${host}:${port}`, { host, port }]));
  return Promise.all(
    [...places].map(async ([place, { host, port }]) => {
      const found = await reach(host, port);
      const services = hosts.filter((each) => each.host === host && each.port === port).map(({ service }) => service);
      const fixes = [...new Set(services.flatMap((service) => fixesOf(found, service, vpcId)))];
      return { what: `path to ${place}`, ok: found.kind === 'open', saw: said(found), mend: fixes };
    }),
  );
}

async function hostsOf({ eks, elbv2, ec2 }: Clients): Promise<(Host & { service: string })[]> {
  const hosts: (Host & { service: string })[] = [];
  const note = (service: string) => (host: Host) => void hosts.push({ service, ...host });
  const listClusters = new ListClustersCommand({});
  const describeLoadBalancers = new DescribeLoadBalancersCommand({});
  const describeVpcs = new DescribeVpcsCommand({});
  listClusters.middlewareStack.use(unsent(note('eks')));
  describeLoadBalancers.middlewareStack.use(unsent(note('elasticloadbalancing')));
  describeVpcs.middlewareStack.use(unsent(note('ec2')));
  await Promise.all([eks.send(listClusters), elbv2.send(describeLoadBalancers), ec2.send(describeVpcs)]);
  return hosts;
}

async function hostOfBucket(bucket: string | undefined): Promise<(Host & { service: string })[]> {
  if (bucket === undefined) return [];
  const hosts: (Host & { service: string })[] = [];
  const put = new PutObjectCommand({ Bucket: bucket, Key: 'doctor' });
  put.middlewareStack.use(unsent((host) => void hosts.push({ service: 's3', ...host })));
  const client = new S3Client({ requestHandler });
  await client.send(put);
  client.destroy();
  return hosts;
}

/** What a connection met, in words. */
export function said(found: Reach): string {
  switch (found.kind) {
    case 'open':
      return `connects to ${found.address}, ${found.private ? 'private' : 'public'}`;
    case 'no-name':
      return `has no address here (${found.code})`;
    case 'no-answer':
      return `${found.address}, ${found.private ? 'private' : 'public'}, does not answer (${found.code})`;
  }
}

function fixesOf(found: Reach, service: string, vpcId = 'VPC_ID'): string[] {
  if (found.kind === 'open') return [];
  if (found.kind === 'no-name') return nameFixes(vpcId);
  if (found.private) {
    return [
      `aws ec2 describe-vpc-endpoints --filters Name=vpc-id,Values=${vpcId} --query "VpcEndpoints[?contains(ServiceName,'.${service}')].Groups"  # admit port 443 from the auditor there`,
    ];
  }
  return [
    `auditor.config.json: give the VPC "endpoints": {"routeTableIds": ["rtb-…"]}, or its subnets a route to a NAT gateway`,
  ];
}

/** What makes names resolve inside a VPC. */
export const nameFixes = (vpcId: string): string[] => [
  `aws ec2 modify-vpc-attribute --vpc-id ${vpcId} --enable-dns-support`,
  `aws ec2 modify-vpc-attribute --vpc-id ${vpcId} --enable-dns-hostnames`,
];
