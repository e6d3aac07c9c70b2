import { gatewayKinds } from './gateway-kinds.ts';
import { policyKinds } from './policy-kinds.ts';

/** What an action is granted on: `*` where the API knows no resource, else one resource of the stack. */
export type GrantedOn =
  | '*'
  | 'table'
  | 'topic'
  | 'bus'
  | 'secret'
  | 'reports'
  | 'plans'
  | 'clusters'
  | 'flow-log-groups'
  | 'flow-log-buckets'
  | 'flow-log-files'
  | 'own-entries'
  | 'auditor';

/** Fields of the configuration that add reads. */
export type OptionalRead = 'metrics' | 'changes' | 'flowLogs';

/** One IAM action that the product calls, why, and by which function. */
export interface AwsAction {
  action: string;
  why: string;
  /** `parts`: the auditor again, where many functions share a run; `changes`: the trigger again, where changes start audits. */
  function: 'auditor' | 'notifier' | 'interactions' | 'reconciler' | 'trigger' | 'changes' | 'surveyor' | 'parts';
  resource: GrantedOn;
  /** Granted only where this is configured. */
  onlyWith?: OptionalRead;
  /** Of a table: the only partition keys that it is granted on. */
  leadingKeys?: string[];
}

const ofOneFunction: AwsAction[] = [
  {
    action: 'sts:GetCallerIdentity',
    why: 'names the account and partition of the run',
    function: 'auditor',
    resource: '*',
  },
  { action: 'eks:ListClusters', why: 'finds the clusters of the Region', function: 'auditor', resource: '*' },
  {
    action: 'eks:DescribeCluster',
    why: 'reads endpoint, certificate authority, VPC and authentication mode of a cluster',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'eks:DescribeAddon',
    why: 'reads version and configuration of an add-on that a finding is about, so that its fix keeps what is configured',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'eks:ListCapabilities',
    why: 'tells whether EKS runs the controller that writes what a finding is about',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'elasticloadbalancing:DescribeLoadBalancers',
    why: 'finds Network Load Balancers, their zones and security groups',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'elasticloadbalancing:DescribeLoadBalancerAttributes',
    why: 'reads cross-zone load balancing',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'elasticloadbalancing:DescribeListeners',
    why: 'tells which target groups receive traffic',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'elasticloadbalancing:DescribeTargetGroups',
    why: 'reads the health check of every target group',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'elasticloadbalancing:DescribeTargetGroupAttributes',
    why: 'reads Proxy Protocol, client address preservation and draining',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'elasticloadbalancing:DescribeTargetHealth',
    why: 'reads state and reason of every target',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'elasticloadbalancing:DescribeTags',
    why: 'tells which cluster and Service own a target group',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'ec2:DescribeInstances',
    why: 'tells whether an instance runs, and in which subnet',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'ec2:DescribeNetworkInterfaces',
    why: 'finds the addresses of load balancers and the security groups of targets',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'ec2:DescribeSecurityGroups',
    why: 'names the security groups of load balancers and targets',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'ec2:DescribeSecurityGroupRules',
    why: 'evaluates whether the health check is admitted',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'ec2:DescribeNetworkAcls',
    why: 'evaluates whether subnets let the health check pass both ways',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'ec2:DescribeSubnets',
    why: 'places targets and load balancers in zones and address ranges',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'ec2:DescribeRouteTables',
    why: 'evaluates the way back to the client',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'ec2:DescribeVpcs',
    why: 'reads address ranges and DHCP options of the VPC',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'ec2:DescribeDhcpOptions',
    why: 'reads the domain name that node names are built from',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'ec2:GetManagedPrefixListEntries',
    why: 'reads the addresses of prefix lists that security group rules and routes name',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'ec2:DescribeVpcEndpointServiceConfigurations',
    why: 'knows load balancers whose clients come by PrivateLink',
    function: 'auditor',
    resource: '*',
  },
  {
    action: 'cloudwatch:GetMetricData',
    why: 'reads since when and how often targets were unhealthy, and what load balancers counted',
    function: 'auditor',
    resource: '*',
    onlyWith: 'metrics',
  },
  {
    action: 'cloudtrail:LookupEvents',
    why: 'reads who changed what, and with which tool, around the start of a finding',
    function: 'auditor',
    resource: '*',
    onlyWith: 'changes',
  },
  {
    action: 'ec2:DescribeFlowLogs',
    why: 'finds the flow logs of a target whose health check gets no answer',
    function: 'auditor',
    resource: '*',
    onlyWith: 'flowLogs',
  },
  {
    action: 'logs:FilterLogEvents',
    why: 'reads what flow logs recorded of health checks',
    function: 'auditor',
    resource: 'flow-log-groups',
    onlyWith: 'flowLogs',
  },
  {
    action: 's3:ListBucket',
    why: 'finds the latest files of flow logs',
    function: 'auditor',
    resource: 'flow-log-buckets',
    onlyWith: 'flowLogs',
  },
  {
    action: 's3:GetObject',
    why: 'reads what flow logs recorded of health checks',
    function: 'auditor',
    resource: 'flow-log-files',
    onlyWith: 'flowLogs',
  },
  { action: 'dynamodb:GetItem', why: 'reads single incidents', function: 'auditor', resource: 'table' },
  { action: 'dynamodb:PutItem', why: 'records runs and findings', function: 'auditor', resource: 'table' },
  { action: 'dynamodb:Query', why: 'remembers the findings of earlier runs', function: 'auditor', resource: 'table' },
  { action: 'dynamodb:BatchWriteItem', why: 'records history', function: 'auditor', resource: 'table' },
  {
    action: 'dynamodb:DeleteItem',
    why: 'removes parts of long lists, and packs of findings, that a later run replaced',
    function: 'auditor',
    resource: 'table',
  },
  {
    action: 'dynamodb:UpdateItem',
    why: 'takes the lease and writes incidents',
    function: 'auditor',
    resource: 'table',
  },
  {
    action: 's3:PutObject',
    why: 'keeps the report of each run',
    function: 'auditor',
    resource: 'reports',
  },
  {
    action: 'dynamodb:GetItem',
    why: 'reads the pending message of a finding',
    function: 'notifier',
    resource: 'table',
  },
  { action: 'dynamodb:Query', why: 'finds messages that are left over', function: 'notifier', resource: 'table' },
  { action: 'dynamodb:UpdateItem', why: 'marks messages as delivered', function: 'notifier', resource: 'table' },
  {
    action: 's3:GetObject',
    why: 'signs links to reports, which open for whoever has them until they expire',
    function: 'notifier',
    resource: 'reports',
  },
  { action: 'sns:Publish', why: 'publishes findings', function: 'notifier', resource: 'topic' },
  { action: 'events:PutEvents', why: 'puts findings on event buses', function: 'notifier', resource: 'bus' },
  {
    action: 'secretsmanager:GetSecretValue',
    why: 'reads webhook URLs, tokens and keys of channels',
    function: 'notifier',
    resource: 'secret',
  },
  {
    action: 'dynamodb:PutItem',
    why: 'writes mutes, and remembers requests so that none counts twice',
    function: 'interactions',
    resource: 'table',
    leadingKeys: ['MUTES', 'REQUESTS'],
  },
  {
    action: 'secretsmanager:GetSecretValue',
    why: 'reads the signing secret of the Slack app',
    function: 'interactions',
    resource: 'secret',
  },
  { action: 'lambda:InvokeFunction', why: 'checks again', function: 'interactions', resource: 'auditor' },
  {
    action: 'elasticloadbalancing:DescribeTargetGroups',
    why: 'tells whether a target group is there, and in which VPC',
    function: 'trigger',
    resource: '*',
  },
  {
    action: 'dynamodb:UpdateItem',
    why: 'keeps to one audit a minute for each target group',
    function: 'trigger',
    resource: 'table',
    leadingKeys: ['TRIGGERS'],
  },
  {
    action: 'lambda:InvokeFunction',
    why: 'starts an audit of the target groups concerned',
    function: 'trigger',
    resource: 'auditor',
  },
  {
    action: 'dynamodb:Query',
    why: 'tells from baselines which target groups a security group concerns',
    function: 'changes',
    resource: 'table',
  },
  { action: 'eks:ListClusters', why: 'finds clusters that are new', function: 'reconciler', resource: '*' },
  {
    action: 'eks:DescribeCluster',
    why: 'tells the VPC of a cluster, and whether it takes access entries',
    function: 'reconciler',
    resource: 'clusters',
  },
  {
    action: 'eks:CreateAccessEntry',
    why: "makes the entry of the auditor's role, in its group, and no other",
    function: 'reconciler',
    resource: 'clusters',
  },
  {
    action: 'eks:DescribeAccessEntry',
    why: 'tells whether the entry is there',
    function: 'reconciler',
    resource: 'own-entries',
  },
  {
    action: 'eks:ListAssociatedAccessPolicies',
    why: 'tells which of its policies the entry has',
    function: 'reconciler',
    resource: 'own-entries',
  },
  {
    action: 'eks:AssociateAccessPolicy',
    why: 'gives the entry the two policies that read no Secrets, and no other',
    function: 'reconciler',
    resource: 'own-entries',
  },
];

/** What the survey takes of an auditor that does everything itself: no network, no report, no target. */
const surveyed = /^(sts|eks|elasticloadbalancing|dynamodb):/;

/** Everything that the product calls in AWS: roles, documentation and remedies of gaps are derived from this list. */
export const awsActions: AwsAction[] = [
  ...ofOneFunction,
  ...ofOneFunction
    .filter((entry) => entry.function === 'auditor' && surveyed.test(entry.action))
    .map((entry) => ({ ...entry, function: 'surveyor' as const })),
  { action: 's3:PutObject', why: 'leaves the plan of a run to its parts', function: 'surveyor', resource: 'plans' },
  { action: 's3:PutObject', why: 'leaves what a part concluded to the join', function: 'parts', resource: 'plans' },
  {
    action: 's3:GetObject',
    why: 'reads the plan of a run, and what its parts concluded',
    function: 'parts',
    resource: 'plans',
  },
];

/** What the command line calls beside the reads of the auditor, with the credentials of whoever runs it. */
export const commandLineActions: Pick<AwsAction, 'action' | 'why'>[] = [
  { action: 'sts:AssumeRole', why: 'signs in to the accounts of `--role-arn`' },
  { action: 'ec2:DescribeRegions', why: 'lists the Regions of `--all-regions`' },
];

/** One read of the Kubernetes API, and why. */
export interface KubernetesRead {
  /** API group, empty for the core group. */
  group: string;
  resource: string;
  verbs: ('get' | 'list')[];
  /** Objects by name, where only these are read. */
  names?: string[];
  why: string;
}

/** Everything that the auditor reads in a cluster; `docs/rbac.yaml` is derived from this list. No Secrets. */
export const kubernetesReads: KubernetesRead[] = [
  { group: '', resource: 'services', verbs: ['list'], why: 'what the target groups serve' },
  { group: '', resource: 'pods', verbs: ['list'], why: 'state, readiness and ports of what answers' },
  { group: '', resource: 'pods/log', verbs: ['get'], why: 'last words of containers that crash' },
  { group: '', resource: 'nodes', verbs: ['list'], why: 'which instances are nodes, and how they are' },
  { group: '', resource: 'events', verbs: ['list'], why: 'what controllers and kubelets complain about' },
  {
    group: '',
    resource: 'configmaps',
    verbs: ['get'],
    names: ['kube-proxy', 'kube-proxy-config', 'amazon-vpc-cni', 'cilium-config', 'calico-config'],
    why: 'settings of kube-proxy and of the network plug-in',
  },
  {
    group: 'coordination.k8s.io',
    resource: 'leases',
    verbs: ['get'],
    names: ['aws-load-balancer-controller-leader'],
    why: 'whether the load balancer controller is alive',
  },
  { group: 'discovery.k8s.io', resource: 'endpointslices', verbs: ['list'], why: 'which pods are ready, and where' },
  { group: 'apps', resource: 'deployments', verbs: ['list'], why: 'how many pods there should be' },
  { group: 'apps', resource: 'statefulsets', verbs: ['list'], why: 'how many pods there should be' },
  { group: 'apps', resource: 'replicasets', verbs: ['list'], why: 'whether a rollout is under way' },
  { group: 'apps', resource: 'daemonsets', verbs: ['list'], why: 'whether kube-proxy and the network plug-in run' },
  { group: 'networking.k8s.io', resource: 'networkpolicies', verbs: ['list'], why: 'whether a policy drops checks' },
  {
    group: 'elbv2.k8s.aws',
    resource: 'targetgroupbindings',
    verbs: ['list'],
    why: 'which Service a target group belongs to',
  },
  {
    group: 'eks.amazonaws.com',
    resource: 'targetgroupbindings',
    verbs: ['list'],
    why: 'the same in EKS Auto Mode',
  },
  {
    group: 'eks.amazonaws.com',
    resource: 'nodeclasses',
    verbs: ['list'],
    why: 'whether nodes of EKS Auto Mode deny by default',
  },
  ...gatewayKinds.map(({ group, resource, why }): KubernetesRead => ({ group, resource, verbs: ['list'], why })),
  ...policyKinds.map(({ group, resource, why }): KubernetesRead => ({ group, resource, verbs: ['list'], why })),
];

/** The Kubernetes group that `docs/rbac.yaml` binds. */
export const viewers = 'eks-nlb-auditor:viewers';

/** View reads no nodes, AIOpsAssistant no endpoints; together they read what checks need, and neither reads Secrets. */
export const accessPolicies = ['AmazonEKSViewPolicy', 'AmazonAIOpsAssistantPolicy'];
