import { healthCheckLostOnPath } from '../../core/checks/network/health-check-lost-on-path.ts';
import type { FlowReading } from '../../core/model/flow-logs/flow-reading.ts';
import { addReadings, type Told } from '../core/history/flow-readings.ts';
import { fail, instanceId, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const failing = given(sampleFacts, ({ slices }) => fail(slices.targetHealth, instanceId(0), instanceId(1)));

const recorded = (told: Told[], changed: Partial<FlowReading> = {}) =>
  given(failing, (facts) => addReadings(facts, told, changed));

testCheck(healthCheckLostOnPath, {
  found: [
    {
      name: 'a flow log with other packets, and none of the health check',
      facts: recorded([]),
      targets: [instanceId(0), instanceId(1)],
      confidence: 'probable',
      saw: /no record of TCP 31080 from any node of the load balancer \(.*\), while other packets are recorded$/,
      values: { port: 31080 },
    },
    {
      name: 'a reading of a target behind the same filters',
      facts: given(recorded([]), ({ slices }) => {
        slices.flowLogs.splice(1);
        for (const each of slices.networkInterfaces)
          Object.assign(each, { subnetId: slices.networkInterfaces[0]?.subnetId });
      }),
      targets: [instanceId(0), instanceId(1)],
      confidence: 'probable',
      saw: 'no record of TCP 31080',
    },
  ],
  ruledOut: [
    { name: 'without flow logs', facts: failing },
    { name: 'records of the health check', facts: recorded([{ direction: 'in', action: 'ACCEPT' }]) },
    { name: 'records that are rejections', facts: recorded([{ direction: 'in', action: 'REJECT' }]) },
    { name: 'a flow log without any record of the interface', facts: recorded([], { hasRecords: false }) },
    { name: 'a flow log of rejected packets alone', facts: recorded([], { traffic: 'REJECT' }) },
    { name: 'records that were skipped', facts: recorded([], { isCut: true }) },
    { name: 'records of other ports alone', facts: recorded([], { ports: [443] }) },
    { name: 'records of another load balancer alone', facts: recorded([], { peers: ['10.9.9.9'] }) },
    {
      name: 'outbound rules of the load balancer that stop the health check',
      facts: given(recorded([]), ({ slices }) => {
        for (const group of slices.securityGroups)
          if (group.id === slices.loadBalancers[0]?.securityGroups[0])
            group.rules = group.rules.filter(({ egress }) => !egress);
      }),
    },
  ],
});
