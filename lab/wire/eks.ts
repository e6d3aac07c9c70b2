import type { Cluster } from '../../core/model/aws.ts';
import { rewriteAddOn } from '../workloads/add-on.ts';
import { clusterOf } from '../world/cluster.ts';
import { uid } from '../world/identifier.ts';
import type { World, WorldCluster } from '../world/world.ts';
import type { AccessEntries, AccessEntry } from './access-entries.ts';
import { page } from './aws/page.ts';
import type { Parameters } from './aws/parameters.ts';
import { restProtocol } from './aws/rest-protocol.ts';
import { type Action, answerBy, type Service } from './aws/service.ts';
import { ServiceError } from './aws/service-error.ts';

const protocol = restProtocol({
  ListClusters: 'GET /clusters',
  DescribeCluster: 'GET /clusters/{name}',
  ListAddons: 'GET /clusters/{clusterName}/addons',
  DescribeAddonVersions: 'GET /addons/supported-versions',
  DescribeAddon: 'GET /clusters/{clusterName}/addons/{addonName}',
  ListCapabilities: 'GET /clusters/{clusterName}/capabilities',
  UpdateAddon: 'POST /clusters/{clusterName}/addons/{addonName}/update',
  ListAccessEntries: 'GET /clusters/{clusterName}/access-entries',
  CreateAccessEntry: 'POST /clusters/{clusterName}/access-entries',
  DescribeAccessEntry: 'GET /clusters/{clusterName}/access-entries/{principalArn}',
  ListAssociatedAccessPolicies: 'GET /clusters/{clusterName}/access-entries/{principalArn}/access-policies',
  AssociateAccessPolicy: 'POST /clusters/{clusterName}/access-entries/{principalArn}/access-policies',
});

/**
 * EKS: clusters, access entries and add-ons. Most clusters of the lab run kube-proxy, CNI and DNS without managed add-ons.
 */
export const eks = (entries: AccessEntries): Service => ({
  protocol,
  denied: (sentence) => new ServiceError('AccessDeniedException', sentence, 403),
  throttled: () => new ServiceError('ThrottlingException', 'Rate exceeded', 429),
  answer: answerBy(protocol, {
    ListClusters: (parameters, { clusters }) =>
      eksPage(
        'clusters',
        clusters.map(({ cluster }) => cluster.name),
        parameters,
      ),
    DescribeCluster: ({ name }, world) => ({ cluster: showCluster(findCluster(name, world), world) }),
    ListAddons: (parameters, world) => {
      const { name } = findCluster(parameters['clusterName'], world);
      return eksPage('addons', clusterOf(world, name).managedAddOns ?? [], parameters);
    },
    DescribeAddonVersions: ({ addonName }) => ({
      addons: [{ addonName, addonVersions: [{ addonVersion: latestAddOn }] }],
    }),
    DescribeAddon: ({ clusterName, addonName }, world) => {
      const { addOnConfigurations } = findAddOn(clusterName, addonName, world);
      const configurationValues = addOnConfigurations?.[addonName ?? ''];
      return {
        addon: {
          addonName,
          clusterName,
          status: 'ACTIVE',
          addonVersion: latestAddOn,
          health: { issues: [] },
          ...(configurationValues !== undefined && { configurationValues }),
        },
      };
    },
    ListCapabilities: (parameters, world) => {
      const { name } = findCluster(parameters['clusterName'], world);
      const { capabilities = [] } = clusterOf(world, name);
      const { capabilities: names, nextToken } = eksPage(
        'capabilities',
        capabilities.map((each) => each.name),
        parameters,
      );
      const shown = capabilities.filter((each) => names?.includes(each.name));
      return {
        capabilities: shown.map(({ name: capabilityName, type }) => ({ capabilityName, type, status: 'ACTIVE' })),
        nextToken,
      };
    },
    ...accessActions(entries),
  }),
  writes: {
    UpdateAddon: ({ clusterName, addonName = '', resolveConflicts, configurationValues }, world) => {
      const cluster = findAddOn(clusterName, addonName, world);
      if (typeof configurationValues === 'string')
        cluster.addOnConfigurations = { ...cluster.addOnConfigurations, [addonName]: configurationValues };
      // Any other choice leaves the fields that somebody changed by hand.
      if (resolveConflicts === 'OVERWRITE') rewriteAddOn(world, cluster, addonName);
      return { update: { id: uid(`update ${addonName} ${world.now}`), status: 'Successful', type: 'AddonUpdate' } };
    },
  },
});

const latestAddOn = 'v1.33.3-eksbuild.4';

function findAddOn(clusterName: string | undefined, addonName: string | undefined, world: World): WorldCluster {
  const cluster = clusterOf(world, findCluster(clusterName, world).name);
  if (cluster.managedAddOns?.includes(addonName ?? '')) return cluster;
  const message = `No addon: ${addonName} found in cluster: ${clusterName}`;
  throw new ServiceError('ResourceNotFoundException', message, 404);
}

/** Actions as AWS answers them (Amazon EKS API reference); an entry appears at once. */
function accessActions(entries: AccessEntries): Record<string, Action> {
  const entriesOf = ({ clusterName }: Parameters, world: World): AccessEntry[] => {
    const { name, authenticationMode } = findCluster(clusterName, world);
    if (authenticationMode !== 'CONFIG_MAP') return entries.of(name, world);
    const message =
      "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.";
    throw new ServiceError('InvalidRequestException', message);
  };
  const findEntry = (parameters: Parameters, world: World): AccessEntry => {
    const { principalArn } = parameters;
    const found = entriesOf(parameters, world).find((entry) => entry.principalArn === principalArn);
    if (found !== undefined) return found;
    const message = `The specified principalArn could not be found: ${principalArn}.`;
    throw new ServiceError('ResourceNotFoundException', message, 404);
  };
  const show = ({ policyArns: _, ...entry }: AccessEntry, { clusterName }: Parameters) => ({ clusterName, ...entry });
  const policy = (policyArn: string) => ({ policyArn, accessScope: { type: 'cluster', namespaces: [] } });

  return {
    ListAccessEntries: (parameters, world) => {
      const arns = entriesOf(parameters, world).map(({ principalArn }) => principalArn);
      return eksPage('accessEntries', arns, parameters);
    },
    CreateAccessEntry: (parameters, world) => {
      const { principalArn = '', kubernetesGroups, type = 'STANDARD' } = parameters;
      const all = entriesOf(parameters, world);
      if (all.some((entry) => entry.principalArn === principalArn)) {
        const message = 'The specified access entry resource is already in use on this cluster.';
        throw new ServiceError('ResourceInUseException', message, 409);
      }
      const groups = Array.isArray(kubernetesGroups) ? kubernetesGroups : [];
      const entry: AccessEntry = { principalArn, kubernetesGroups: groups, type, policyArns: [] };
      all.push(entry);
      return { accessEntry: show(entry, parameters) };
    },
    DescribeAccessEntry: (parameters, world) => ({ accessEntry: show(findEntry(parameters, world), parameters) }),
    ListAssociatedAccessPolicies: (parameters, world) => {
      const { principalArn, policyArns } = findEntry(parameters, world);
      const { clusterName } = parameters;
      return { clusterName, principalArn, associatedAccessPolicies: policyArns.map(policy) };
    },
    AssociateAccessPolicy: (parameters, world) => {
      const { clusterName, principalArn, policyArn = '' } = parameters;
      const entry = findEntry(parameters, world);
      entry.policyArns = [...new Set([...entry.policyArns, policyArn])];
      return { clusterName, principalArn, associatedAccessPolicy: policy(policyArn) };
    },
  };
}

function findCluster(name: string | undefined, { clusters }: World): Cluster {
  const found = clusters.find(({ cluster }) => cluster.name === name);
  if (found === undefined) {
    throw new ServiceError('ResourceNotFoundException', `No cluster found for name: ${name}.`, 404);
  }
  return found.cluster;
}

/** EKS pages hold 1 to 100 names, 100 when none is asked for. */
function eksPage(
  member: string,
  names: string[],
  { maxResults, nextToken }: Parameters,
): Record<string, string[] | string | null> {
  const limits = { min: 1, max: 100, standard: 100 };
  const { items, next } = page(names, {
    size: maxResults,
    token: nextToken,
    limits,
    code: 'InvalidParameterException',
  });
  return { [member]: items, nextToken: next ?? null };
}

function showCluster(cluster: Cluster, { account }: World): object {
  const hasEndpoint = cluster.endpoint !== '';
  return {
    name: cluster.name,
    arn: cluster.arn,
    createdAt: cluster.createdAt === undefined ? undefined : Date.parse(cluster.createdAt) / 1000,
    version: cluster.version,
    status: cluster.status,
    endpoint: hasEndpoint ? cluster.endpoint : undefined,
    certificateAuthority: hasEndpoint ? { data: cluster.certificateAuthority } : undefined,
    roleArn: `arn:aws:iam::${account}:role/${cluster.name}-cluster`,
    platformVersion: 'eks.1',
    resourcesVpcConfig: {
      vpcId: cluster.vpcId,
      subnetIds: cluster.subnetIds,
      clusterSecurityGroupId: cluster.clusterSecurityGroupId,
      securityGroupIds: cluster.securityGroupIds,
      endpointPublicAccess: cluster.endpointPublicAccess,
      endpointPrivateAccess: cluster.endpointPrivateAccess,
      publicAccessCidrs: cluster.endpointPublicAccess ? ['0.0.0.0/0'] : [],
    },
    kubernetesNetworkConfig: {
      ipFamily: cluster.ipFamily,
      elasticLoadBalancing: { enabled: cluster.autoModeLoadBalancing },
    },
    computeConfig: { enabled: cluster.autoModeLoadBalancing },
    accessConfig: { authenticationMode: cluster.authenticationMode },
    health: { issues: [] },
    tags: cluster.tags,
  };
}
