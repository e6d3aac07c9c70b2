import { check } from '../../diagnosis/check.ts';
import { type KubeProxyHealth, kubeProxyHealth, overridesNodeName, saysUnwell } from '../../kubernetes/kube-proxy.ts';
import { isLocal, nodeOf, serviceOf } from '../../kubernetes/service.ts';
import { serviceProxyOn } from '../../kubernetes/service-proxy.ts';
import { settledEndpoints, settling } from '../../kubernetes/settled-endpoints.ts';
import type { Target } from '../../model/aws.ts';
import type { Evidence } from '../../model/check-result.ts';
import { withId } from '../../model/indexed.ts';
import type { Node } from '../../model/kubernetes.ts';
import { arrivalsAt, pathsTo } from '../../network/health-check-path.ts';
import { probeOf } from '../../probes/results.ts';
import { isSilent } from '../../probes/silent-targets.ts';

export const kubeProxyNodeNameMismatch = check({
  id: 'kube-proxy-node-name-mismatch',
  kind: 'fault',
  stage: 'traffic-policy',
  severity: 'critical',
  title: 'kube-proxy does not recognise the ready pods on its node',
  symptom:
    'Every node is unhealthy under externalTrafficPolicy Local, those with ready pods too, from the first day or since host names changed.',
  why: `kube-proxy compares its node name with the nodeName of each endpoint. Without an override it takes the host name of the operating
system, which includes the domain name of the VPC's DHCP options. If that differs from the name of the Node object, no endpoint
counts as local: under externalTrafficPolicy Local every node answers the health check with 503.`,
  proof: `A node has had a ready endpoint of the Service for more than ${settling} seconds, and its kube-proxy, which otherwise works, answers 503
with localEndpoints 0. If kube-proxy could not be probed, it is probable when all targets fail, kube-proxy gets no node name, and the domain name
is not the default of the Region or the Node is not named after the private DNS name of its instance.`,
  nearMisses: [
    'A node without a pod answers the same 503, as it should.',
    '503 with localEndpoints above 0, with serviceProxyHealthy false or together with 503 on port 10256 means that kube-proxy itself does not work; with nodeEligible false there, only that the node is about to go.',
    'Cilium replaces kube-proxy: `proxy-replacement-conflict`. Calico or another one does: `health-port-unserved`.',
    'Blocked health check packets look the same in AWS: check the security groups.',
  ],
  decidedBy: "kube-proxy's answer on the healthCheckNodePort of a node with a ready pod",
  fix: [
    {
      text: 'Update the managed kube-proxy add-on: its current manifests pass the node name.',
      change: {
        aws: 'eks update-addon',
        options: {
          'cluster-name': '{cluster}',
          'addon-name': 'kube-proxy',
          'resolve-conflicts': 'OVERWRITE',
          'addon-version':
            '"$(aws eks describe-addon-versions --region {region} --addon-name kube-proxy --kubernetes-version {kubernetesVersion} --query "addons[0].addonVersions[0].addonVersion" --output text)"',
        },
      },
      disturbs: 'kube-proxy restarts on every node, one after the other.',
      danger: 'It overwrites changes made by hand to the DaemonSet, of which the missing flag may be one.',
    },
    {
      text: 'For a self-managed kube-proxy: pass the flag to the binary itself and define NODE_NAME from spec.nodeName. The image has no shell, so do not wrap the command in /bin/sh.',
      change: {
        patch: {
          spec: {
            template: {
              spec: {
                containers: [
                  {
                    name: 'kube-proxy',
                    command: [
                      'kube-proxy',
                      '--v=2',
                      '--config=/var/lib/kube-proxy-config/config',
                      '--hostname-override=$(NODE_NAME)',
                    ],
                    env: [
                      { name: 'NODE_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } } },
                    ],
                  },
                ],
              },
            },
          },
        },
        type: 'strategic',
        on: { object: 'daemonset kube-proxy', in: 'kube-system' },
      },
      unmanaged: 'kube-proxy',
    },
  ],
  links: [
    'https://github.com/kubernetes/kubernetes/issues/61486',
    'https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html',
  ],
  masks: [],
  needs: ['services', 'endpointSlices', 'nodes', 'pods'],
  optional: [
    'probes',
    'workloads',
    'configMaps',
    'dhcpOptions',
    'vpcs',
    'instances',
    'networkInterfaces',
    'securityGroups',
    'subnets',
    'prefixLists',
    'networkAcls',
  ],
  applies: ({ targetGroup }) => targetGroup.targetType === 'instance',

  run(group, facts) {
    const service = serviceOf(group, facts.services);
    if (service === undefined || !isLocal(group, service)) return undefined;
    const ready = settledEndpoints(group, service, facts);

    return group.failing.flatMap((target): Evidence[] => {
      const found = nodeOf(target, facts.nodes);
      if (found === undefined || proxyOn(found) !== 'kube-proxy') return [];
      const node = found.metadata.name;
      const local = ready.filter(({ nodeName }) => nodeName === node);
      if (local.length === 0) return [];
      const probe = probeOf(facts.probes ?? [], target, 'kube-proxy');
      const answer = kubeProxyHealth(probe);
      const origin = otherName(target, node);
      const note = origin === undefined ? '' : `; ${origin}`;
      if (answer?.status === 503 && answer.localEndpoints === 0) {
        if (isUnwell(target, answer)) return [];
        return [
          {
            target,
            saw: `${node} has ${local.length} ready endpoint${local.length > 1 ? 's' : ''}, its kube-proxy counts 0 (HTTP 503)${note}`,
            expected: `kube-proxy to count ${local.length} and answer 200`,
            confidence: 'confirmed',
          },
        ];
      }
      if ((probe !== undefined && !isSilent(probe.outcome)) || origin === undefined || !isSuspected(target)) return [];
      return [
        {
          target,
          saw: `${node} has ready endpoints but fails; kube-proxy gets no node name${note}`,
          expected: 'kube-proxy started with --hostname-override or hostnameOverride',
          confidence: 'probable',
        },
      ];
    });

    /** Without the DaemonSets its pods are what shows that kube-proxy is there. */
    function proxyOn(node: Node) {
      const { workloads = [], configMaps, pods } = facts;
      return serviceProxyOn(node, { workloads, configMaps, pods });
    }
    /** A kube-proxy that cannot sync does not hear of new endpoints either. */
    function isUnwell(target: Target, { serviceProxyHealthy }: KubeProxyHealth): boolean {
      return serviceProxyHealthy === false || saysUnwell(probeOf(facts.probes ?? [], target, 'kube-proxy-healthz'));
    }
    /** What gives the operating system another host name than the Node object has. */
    function otherName({ id }: Target, node: string): string | undefined {
      const domain = customDomain();
      if (domain !== undefined) return `the DHCP options of the VPC set the domain name ${domain}`;
      const name = withId(facts.instances ?? [], id)?.privateDnsName;
      return !name || name === node ? undefined : `the private DNS name of ${id} is ${name}`;
    }
    /** Source: VPC user guide, "DHCP option sets". */
    function customDomain(): string | undefined {
      const options = facts.vpcs?.find(({ id }) => id === group.targetGroup.vpcId)?.dhcpOptionsId;
      const domain = facts.dhcpOptions?.find(({ id }) => id === options)?.domainName;
      const region = group.targetGroup.arn.split(':')[3];
      return domain === (region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`) ? undefined : domain;
    }
    /** Without kube-proxy's own word: everything points here and no filter of the network explains the failure. */
    function isSuspected(target: Target): boolean {
      const { workloads, configMaps, networkInterfaces, securityGroups, subnets, prefixLists, networkAcls } = facts;
      if (workloads === undefined || overridesNodeName(workloads, configMaps ?? []) !== false) return false;
      if (group.failing.length < group.targets.length) return false;
      if (networkInterfaces === undefined || securityGroups === undefined || subnets === undefined) return false;
      const network = { networkInterfaces, securityGroups, subnets, prefixLists, networkAcls };
      const arrivals = arrivalsAt(target, group, network);
      if (arrivals.length === 0 || arrivals.some(({ decision }) => decision !== 'allow')) return false;
      return pathsTo(target, group, network).every(({ decision }) => decision !== 'deny');
    }
  },
});
