interface Difference {
  /** Which side is not as the service's own documentation or model says; `neither` where each makes up a value. */
  wrong: 'moto' | 'lab' | 'neither';
  why: string;
}

const madeUp: Difference = { wrong: 'neither', why: 'a moment or a number that each side makes up' };
const applicationOnly: Difference = {
  wrong: 'moto',
  why: 'the attribute exists for Application Load Balancers only (ELBv2 API reference, TargetGroupAttribute)',
};
const balancerName: Difference = {
  wrong: 'moto',
  why: 'the name of a Network Load Balancer is <name>-<id>.elb.<region>.amazonaws.com; moto writes it like that of an Application Load Balancer',
};
const targetZone: Difference = {
  wrong: 'moto',
  why: 'the zone of an IP address inside the VPC is detected (ELBv2 API reference, TargetDescription)',
};
const noCluster: Difference = {
  wrong: 'moto',
  why: 'EKS answers a value of its own (EKS API reference, VpcConfigResponse and AccessConfigResponse); moto leaves it out',
};

/** Every path at which what the product reads from moto is known to differ from what it reads from the lab. */
export const knownDifferences: Record<string, Difference> = {
  'inventory.takenAt': madeUp,
  'inventory.targetGroups.*.attributes.load_balancing.algorithm.type': applicationOnly,
  'inventory.targetGroups.*.attributes.slow_start.duration_seconds': applicationOnly,
  'inventory.targetGroups.*.attributes.waf.fail_open.enabled': applicationOnly,
  'inventory.targetHealth.*.zone': targetZone,
  'inventory.loadBalancers.*.dnsName': balancerName,
  'inventory.loadBalancers.*.createdAt': madeUp,
  'inventory.loadBalancers.*.listenersAt': madeUp,
  'inventory.existing.loadBalancers.*': balancerName,
  'facts.*.takenAt': madeUp,
  'facts.*.slices.loadBalancers.*.dnsName': balancerName,
  'facts.*.slices.loadBalancers.*.createdAt': madeUp,
  'facts.*.slices.loadBalancers.*.listenersAt': madeUp,
  'facts.*.slices.targetGroups.*.attributes.load_balancing.algorithm.type': applicationOnly,
  'facts.*.slices.targetGroups.*.attributes.slow_start.duration_seconds': applicationOnly,
  'facts.*.slices.targetGroups.*.attributes.waf.fail_open.enabled': applicationOnly,
  'facts.*.slices.targetHealth.*.zone': targetZone,
  'facts.*.slices.instances.*.hostnameType': {
    wrong: 'moto',
    why: 'EC2 answers PrivateDnsNameOptions of every instance in a VPC (EC2 API reference, Instance); moto leaves it out',
  },
  'facts.*.slices.instances.*.launchedAt': madeUp,
  'facts.*.slices.networkInterfaces.*.interfaceType': {
    wrong: 'moto',
    why: 'only Lambda and Elastic Load Balancing make interfaces of these types; a caller of CreateNetworkInterface cannot',
  },
  'facts.*.slices.networkInterfaces.*.status': {
    wrong: 'moto',
    why: 'the same interfaces are attached by the services that made them, and so in use',
  },
  'facts.*.slices.networkInterfaces.*.description': {
    wrong: 'moto',
    why: 'an interface that RunInstances makes has the description of the request, which is empty here',
  },
  'facts.*.slices.networkInterfaces.*': {
    wrong: 'lab',
    why: 'a NAT gateway has a network interface of its own (VPC user guide, "NAT gateway basics"); nothing in the product looks at it',
  },
  'facts.*.slices.securityGroups.*.rules.*.description': {
    wrong: 'moto',
    why: 'DescribeSecurityGroupRules answers the description (EC2 API reference, SecurityGroupRule); moto leaves that of a group out',
  },
  'facts.*.slices.subnets.*.availableIps': madeUp,
  'clusters.*.endpoint': madeUp,
  'clusters.*.certificateAuthority': madeUp,
  'clusters.*.createdAt': madeUp,
  'clusters.*.vpcId': noCluster,
  'clusters.*.clusterSecurityGroupId': noCluster,
  'clusters.*.authenticationMode': noCluster,
};
