import { controllerIamDenied } from '../../core/checks/registration/controller-iam-denied.ts';
import { given, testCheck } from './check-tester.ts';
import { binding, failing, ip, lackingRule, saying, stale } from './controller-case.ts';

const both = ['10.0.0.100', '10.0.1.100'];
const refused = (action: string) =>
  `api error UnauthorizedOperation: User is not authorized to perform: ${action} because no identity-based policy allows it`;
const refusedRule = {
  kind: 'TargetGroupBinding' as const,
  name: 'k8s-shop-web-0123456789',
  reason: 'FailedNetworkReconcile',
  note: refused('ec2:AuthorizeSecurityGroupIngress'),
};

testCheck(controllerIamDenied, {
  found: [
    {
      name: 'the refused call is the one that would write the missing rule',
      facts: saying(lackingRule, refusedRule),
      targets: both,
      confidence: 'confirmed',
      saw: /ec2:AuthorizeSecurityGroupIngress.*sg-0000000000000000a has no rule for TCP 8080/,
    },
    {
      name: 'a stale target while credentials cannot be had',
      facts: saying(stale, {
        reason: 'FailedDeployModel',
        note: 'get credentials: failed to refresh cached credentials, WebIdentityErr',
      }),
      targets: ['10.0.2.77'],
      confidence: 'probable',
      saw: 'WebIdentityErr',
    },
    {
      name: 'a stale target while the token has expired',
      facts: saying(stale, {
        reason: 'FailedDeployModel',
        note: 'operation error: ExpiredToken: The security token expired',
      }),
      targets: ['10.0.2.77'],
      confidence: 'probable',
      saw: 'ExpiredToken',
    },
    {
      name: 'healthy targets, as a risk',
      facts: saying(ip, { reason: 'FailedDeployModel', note: refused('elasticloadbalancing:SetSecurityGroups') }),
      targets: [],
      confidence: 'probable',
      saw: 'SetSecurityGroups',
    },
  ],
  ruledOut: [
    { name: 'a missing rule without such an event', facts: lackingRule },
    {
      name: 'failing pods behind a target group that is as asked',
      facts: given(saying(failing, refusedRule), ({ slices }) => {
        slices.targetGroupBindings = [binding({})];
      }),
    },
    {
      name: 'a missing rule that the binding does not ask for',
      facts: given(saying(lackingRule, refusedRule), ({ slices }) => {
        slices.targetGroupBindings = [binding({ networking: { ingress: [] } })];
      }),
    },
    {
      name: 'the event of another binding',
      facts: saying(lackingRule, { ...refusedRule, name: 'k8s-shop-other-0123456789' }),
    },
  ],
});
