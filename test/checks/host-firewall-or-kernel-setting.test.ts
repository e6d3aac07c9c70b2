import { hostFirewallOrKernelSetting } from '../../core/checks/network/host-firewall-or-kernel-setting.ts';
import { addKubeProxy } from '../core/kubernetes/kube-proxy-facts.ts';
import { daemonSet, nodeGroup, openFacts, silence } from '../core/network/open-path.ts';
import { fail, instanceId, nodeName, probe, rule, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const silent = given(openFacts, (facts) => {
  fail(facts.slices.targetHealth, instanceId(0));
  silence(facts, instanceId(0));
});
const event = (reason: string) => ({
  namespace: 'default',
  regarding: { kind: 'Node', name: nodeName(0) },
  type: 'Warning',
  reason,
  note: 'Unexpected default "reject/drop all" rule found in INPUT chain',
  count: 2,
  firstSeen: '2026-11-20T11:00:00Z',
  lastSeen: '2026-11-20T11:50:00Z',
});

testCheck(hostFirewallOrKernelSetting, {
  found: [
    {
      name: 'silence though everything is open, and nodes of the same image are healthy',
      facts: silent,
      targets: [instanceId(0)],
      confidence: 'possible',
      saw: 'no answer to the SYN, though security groups and network ACLs admit it',
    },
    {
      name: 'healthy nodes run another image',
      facts: given(silent, ({ slices }) => {
        for (const each of slices.instances) if (each.id === instanceId(0)) each.imageId = 'ami-hardened';
      }),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'the node runs ami-hardened, the healthy ones ami-0aaaaaaaaaaaaaa01',
    },
    {
      name: 'the node monitoring agent found a rule',
      facts: given(silent, ({ slices }) => slices.events.push(event('UnexpectedRejectRule'))),
      targets: [instanceId(0)],
      confidence: 'probable',
      saw: 'UnexpectedRejectRule',
    },
    {
      name: 'the node says that it prohibits',
      facts: given(openFacts, (facts) => {
        fail(facts.slices.targetHealth, instanceId(0));
        probe(facts, 'health-check', { kind: 'unreachable', code: 'EHOSTUNREACH' }, { only: instanceId(0) });
        silence(facts, 'nobody');
      }),
      targets: [instanceId(0)],
      confidence: 'possible',
      saw: 'unreachable (EHOSTUNREACH)',
    },
    {
      name: 'a Windows node beside others that have a kube-proxy pod',
      facts: given(silent, (facts) => {
        addKubeProxy(facts);
        facts.slices.pods = facts.slices.pods.filter((pod) => pod.metadata.name !== 'kube-proxy-0');
        const [node] = facts.slices.nodes;
        if (node) node.metadata.labels['kubernetes.io/os'] = 'windows';
      }),
      targets: [instanceId(0)],
      confidence: 'possible',
      saw: 'no answer to the SYN',
    },
    {
      name: 'the healthCheckNodePort, which the node itself answers',
      facts: given(
        () => openFacts({ policy: 'Local' }),
        (facts) => {
          fail(facts.slices.targetHealth, instanceId(0));
          probe(facts, 'health-check', { kind: 'timeout', phase: 'connect' }, { only: instanceId(0) });
        },
      ),
      targets: [instanceId(0)],
      confidence: 'possible',
      saw: '32080',
    },
  ],
  ruledOut: [
    {
      name: 'Cilium forwards the NodePort, and nothing speaks for a firewall',
      facts: given(silent, ({ slices }) => slices.workloads.push(daemonSet('cilium', {}))),
    },
    {
      name: 'a node that answers some of the connections from new ports',
      facts: given(silent, (facts) => {
        for (const kind of ['timeout', 'open', 'timeout'] as const) {
          const outcome = kind === 'open' ? { kind } : { kind, phase: 'connect' as const };
          probe(facts, 'connect-again', outcome, { only: instanceId(0), protocol: 'TCP' });
        }
      }),
    },
    {
      name: 'a prober that has no route itself',
      facts: given(openFacts, (facts) => {
        fail(facts.slices.targetHealth, instanceId(0));
        silence(facts);
        for (const each of facts.slices.probes)
          if (each.purpose === 'health-check') each.outcome = { kind: 'unreachable', code: 'ENETUNREACH' };
      }),
    },
    {
      name: 'security groups that shut out the prober too',
      facts: given(silent, (facts) => {
        nodeGroup(facts).rules = [rule({ fromPort: 0, toPort: 65535, referencedGroupId: 'sg-0000000000000000b' })];
      }),
    },
    {
      name: 'security groups that shut out the load balancer',
      facts: given(silent, (facts) => {
        const own = nodeGroup(facts);
        own.rules = own.rules.filter(({ referencedGroupId }) => referencedGroupId !== 'sg-0000000000000000b');
      }),
    },
    {
      name: 'probes from an unknown place',
      facts: given(silent, (facts) => {
        facts.vantage = { kind: 'outside', note: 'a laptop' };
      }),
    },
    {
      name: 'a node that refuses',
      facts: given(openFacts, (facts) => {
        fail(facts.slices.targetHealth, instanceId(0));
        probe(facts, 'health-check', { kind: 'refused' }, { only: instanceId(0) });
        silence(facts, 'nobody');
      }),
    },
    {
      name: 'pods that are silent themselves',
      facts: given(silent, ({ slices }) => {
        for (const each of slices.probes)
          if (each.purpose === 'pod') each.outcome = { kind: 'timeout', phase: 'connect' };
      }),
    },
    {
      name: 'nodes that cannot reach the pods elsewhere',
      facts: given(silent, (facts) => {
        const own = nodeGroup(facts);
        own.rules = own.rules.filter(({ referencedGroupId }) => referencedGroupId !== own.id);
      }),
    },
    {
      name: 'a node that is not Ready',
      facts: given(silent, ({ slices }) => {
        for (const { status } of slices.nodes) status.conditions = [{ type: 'Ready', status: 'Unknown' }];
      }),
    },
    {
      name: 'a silent pod as ip target',
      facts: given(
        () => openFacts({ targetType: 'ip' }),
        (facts) => {
          fail(facts.slices.targetHealth);
          probe(facts, 'health-check', { kind: 'timeout', phase: 'connect' });
        },
      ),
    },
    { name: 'targets that were not probed', facts: given(sampleFacts, ({ slices }) => fail(slices.targetHealth)) },
  ],
});
