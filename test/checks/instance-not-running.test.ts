import { instanceNotRunning } from '../../core/checks/registration/instance-not-running.ts';
import { fail, instanceId, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

const unused = given(sampleFacts, ({ slices }) => {
  for (const each of slices.targetHealth) {
    if (each.id !== instanceId(1)) continue;
    Object.assign(each, {
      state: 'unused',
      reason: 'Target.InvalidState',
      description: 'Target is in the stopped state',
    });
  }
});

testCheck(instanceNotRunning, {
  found: [
    {
      name: 'EC2 says stopped',
      facts: given(unused, ({ slices }) => {
        for (const instance of slices.instances) if (instance.id === instanceId(1)) instance.state = 'stopped';
      }),
      targets: [instanceId(1)],
      confidence: 'confirmed',
      saw: 'Target is in the stopped state; EC2: stopped; node ip-10-0-1-10',
    },
    {
      name: 'EC2 no longer lists it',
      facts: given(unused, ({ slices }) => {
        slices.instances = slices.instances.filter(({ id }) => id !== instanceId(1));
      }),
      targets: [instanceId(1)],
      confidence: 'confirmed',
      saw: 'EC2 no longer lists the instance',
    },
    {
      name: 'EC2 says that it runs again',
      facts: unused,
      targets: [instanceId(1)],
      confidence: 'probable',
      saw: 'EC2: running',
    },
  ],
  ruledOut: [
    {
      name: 'a stopped instance whose target fails its checks',
      facts: given(sampleFacts, ({ slices }) => {
        fail(slices.targetHealth);
        for (const instance of slices.instances) instance.state = 'stopped';
      }),
    },
    {
      name: 'a target that is unused for another reason',
      facts: given(unused, ({ slices }) => {
        for (const each of slices.targetHealth) if (each.reason) each.reason = 'Target.NotInUse';
      }),
    },
  ],
});
