import { sgpStrictWithInstanceLocal } from '../../core/checks/node/sgp-strict-with-instance-local.ts';
import type { Facts } from '../../core/model/facts.ts';
import type { ProbeOutcome } from '../../core/model/probe-result.ts';
import { daemonSet, openFacts, shutOut, silence } from '../core/network/open-path.ts';
import { fail, instanceId, probe } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const branch = (facts: Facts) => {
  for (const { metadata } of facts.slices.pods)
    metadata.annotations['vpc.amazonaws.com/pod-eni'] = '[{"eniId":"eni-0123456789abcdef0"}]';
};
const withMode = (mode: string | undefined) =>
  daemonSet('aws-node', mode === undefined ? {} : { POD_SECURITY_GROUP_ENFORCING_MODE: mode });

/** Two nodes with a branched pod each under Local; the health check goes to the NodePort. */
const onTrafficPort = () => {
  const facts = openFacts({ policy: 'Local' });
  branch(facts);
  facts.slices.workloads.push(withMode('strict'));
  for (const group of facts.slices.targetGroups)
    group.healthCheck = { ...group.healthCheck, protocol: 'TCP', port: 'traffic-port' };
  for (const target of facts.slices.targetHealth) target.healthCheckPort = target.port;
  fail(facts.slices.targetHealth);
  return facts;
};
const behindKubeProxy = () => {
  const facts = openFacts({ policy: 'Local' });
  branch(facts);
  facts.slices.workloads.push(withMode('strict'));
  for (const target of facts.slices.targetHealth) target.state = 'healthy';
  return facts;
};
const asksAsClient = (outcome: ProbeOutcome) => (facts: Facts) =>
  probe(facts, 'client-connect', outcome, { only: instanceId(0), port: 31_080, protocol: 'TCP' });
const both = [instanceId(0), instanceId(1)];

testCheck(sgpStrictWithInstanceLocal, {
  found: [
    {
      name: 'the NodePort is silent and the pod answers',
      facts: given(onTrafficPort, (facts) => silence(facts)),
      targets: both,
      confidence: 'confirmed',
      saw: 'POD_SECURITY_GROUP_ENFORCING_MODE is strict; the NodePort is silent, the pod answers',
    },
    {
      name: 'a prober that no rule admits to the NodePort',
      facts: given(onTrafficPort, (facts) => {
        silence(facts);
        shutOut(facts);
      }),
      targets: both,
      confidence: 'probable',
      saw: 'has the branch interface eni-0123456789abcdef0',
    },
    {
      name: 'not probed',
      facts: onTrafficPort,
      targets: both,
      confidence: 'probable',
      saw: 'has the branch interface eni-0123456789abcdef0',
    },
    {
      name: 'the variable is not set',
      facts: given(onTrafficPort, ({ slices }) => {
        slices.workloads = [withMode(undefined)];
      }),
      targets: both,
      confidence: 'probable',
      saw: 'not set, which means strict',
    },
    {
      name: 'healthy targets, because kube-proxy answers for them',
      facts: behindKubeProxy,
      targets: both,
      confidence: 'probable',
      saw: 'behind healthy instance targets under Local',
    },
    {
      name: 'healthy targets, and a client that gets no answer',
      facts: given(behindKubeProxy, asksAsClient({ kind: 'timeout', phase: 'connect' })),
      targets: both,
      confidence: 'confirmed',
      saw: /TCP 10\.0\.0\.10:31080: no answer/,
    },
    {
      name: 'healthy targets, and no rule that would admit the prober',
      facts: given(behindKubeProxy, asksAsClient({ kind: 'timeout', phase: 'connect' }), shutOut),
      targets: both,
      confidence: 'probable',
      saw: 'behind healthy instance targets under Local',
    },
  ],
  ruledOut: [
    {
      name: 'healthy targets, of which one answers a client: its pod is older than the mode',
      facts: given(behindKubeProxy, asksAsClient({ kind: 'open' })),
    },
    {
      name: 'healthy targets with another pod on each node that has no security group of its own',
      facts: given(behindKubeProxy, ({ slices }) => {
        slices.pods.push(
          ...structuredClone(slices.pods).map((pod) => ({
            ...pod,
            metadata: { ...pod.metadata, name: `${pod.metadata.name}-plain`, annotations: {} },
          })),
        );
      }),
    },
    {
      name: 'the standard mode',
      facts: given(onTrafficPort, ({ slices }) => {
        slices.workloads = [withMode('standard')];
      }),
    },
    {
      name: 'pods without security groups of their own',
      facts: given(onTrafficPort, ({ slices }) => {
        for (const { metadata } of slices.pods) metadata.annotations = {};
      }),
    },
    {
      name: 'externalTrafficPolicy Cluster',
      facts: given(onTrafficPort, ({ slices }) => {
        for (const { spec } of slices.services) spec.externalTrafficPolicy = 'Cluster';
      }),
    },
    {
      name: 'targets that fail on the healthCheckNodePort',
      facts: given(
        () => openFacts({ policy: 'Local' }),
        (facts) => {
          branch(facts);
          facts.slices.workloads.push(withMode('strict'));
          fail(facts.slices.targetHealth);
        },
      ),
    },
    {
      name: 'pods that are silent themselves',
      facts: given(onTrafficPort, (facts) => {
        silence(facts);
        for (const each of facts.slices.probes) each.outcome = { kind: 'timeout', phase: 'connect' };
      }),
    },
  ],
});
