import { elbInternalError } from '../../core/checks/registration/elb-internal-error.ts';
import { fail, instanceId, sampleFacts } from '../core/sample-facts.ts';
import { given, testCheck } from './check-tester.ts';

testCheck(elbInternalError, {
  found: [
    {
      name: 'a target without a verdict',
      facts: given(sampleFacts, ({ slices }) => {
        for (const each of slices.targetHealth) if (each.id === instanceId(1)) each.state = 'unavailable';
      }),
      targets: [instanceId(1)],
      confidence: 'confirmed',
      saw: 'unavailable',
    },
    {
      name: 'an internal error as the reason of an unhealthy target',
      facts: given(sampleFacts, ({ slices }) => {
        fail(slices.targetHealth, instanceId(0));
        for (const each of slices.targetHealth) if (each.id === instanceId(0)) each.reason = 'Elb.InternalError';
      }),
      targets: [instanceId(0)],
      confidence: 'confirmed',
      saw: 'unhealthy, Elb.InternalError',
    },
  ],
  ruledOut: [
    { name: 'failed health checks', facts: given(sampleFacts, ({ slices }) => fail(slices.targetHealth)) },
    {
      name: 'a target that is being registered',
      facts: given(sampleFacts, ({ slices }) => {
        for (const each of slices.targetHealth)
          Object.assign(each, { state: 'initial', reason: 'Elb.RegistrationInProgress' });
      }),
    },
  ],
});
