import { type DhcpOptions as Answer, DescribeDhcpOptionsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { DhcpOptions } from '../../core/model/aws.ts';
import { known } from '../aws/known.ts';

/** DHCP options by id; a VPC with the id `default` has none. */
export async function readDhcpOptions(ec2: EC2Client, ids: string[]): Promise<DhcpOptions[]> {
  const real = ids.filter((id) => id !== '' && id !== 'default');
  if (real.length === 0) return [];
  const { DhcpOptions: answers } = await ec2.send(new DescribeDhcpOptionsCommand({ DhcpOptionsIds: real }));
  return (answers ?? []).map(project);
}

function project(options: Answer): DhcpOptions {
  const values = (key: string): string[] =>
    (options.DhcpConfigurations ?? [])
      .filter(({ Key }) => Key === key)
      .flatMap(({ Values }) => (Values ?? []).map(({ Value }) => Value ?? ''));
  return known({
    id: options.DhcpOptionsId ?? '',
    domainName: values('domain-name')[0],
    domainNameServers: values('domain-name-servers'),
  });
}
