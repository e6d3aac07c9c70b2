import { controllerCannotStart } from '../../core/checks/owner/controller-cannot-start.ts';
import { given, testCheck } from './check-tester.ts';
import { controller, failing, ip, lease, ownedBy, stale } from './controller-case.ts';
import { endingWith, logLine } from './controller-pods.ts';

const metadataWords = logLine(
  'error',
  'unable to initialize AWS cloud',
  'failed to introspect vpcID from EC2Metadata or Node name, specify --aws-vpc-id instead if EC2Metadata is unavailable',
);

testCheck(controllerCannotStart, {
  found: [
    {
      name: 'the instance metadata is out of reach, and a dead address is still registered',
      facts: endingWith(stale, [logLine('info', 'version'), metadataWords]),
      targets: ['10.0.2.77'],
      confidence: 'confirmed',
      saw: /0 of 2 replicas available; aws-load-balancer-controller-1 ended with: unable to initialize AWS cloud: failed to introspect vpcID.*10\.0\.2\.77 is the address of no pod/,
      values: {
        metadata: 'aws-load-balancer-controller-1',
        controllerPod: 'aws-load-balancer-controller-1',
        controllerDeployment: 'aws-load-balancer-controller',
      },
    },
    {
      name: 'the certificate of the webhook is missing',
      facts: endingWith(stale, [
        logLine('error', 'problem running manager', 'open /tmp/k8s-webhook-server/serving-certs/tls.crt: no such file'),
      ]),
      targets: ['10.0.2.77'],
      confidence: 'confirmed',
      saw: 'serving-certs/tls.crt',
      values: { certificate: 'aws-load-balancer-controller-1' },
    },
    {
      name: 'its role is refused at the start',
      facts: endingWith(stale, ['F1120 unable to create session: WebIdentityErr: failed to retrieve credentials']),
      targets: ['10.0.2.77'],
      confidence: 'confirmed',
      saw: 'WebIdentityErr',
      values: { credentials: 'aws-load-balancer-controller-1' },
    },
    {
      name: 'healthy targets, as a risk',
      facts: endingWith(ip, [metadataWords]),
      targets: [],
      confidence: 'confirmed',
      saw: 'failed to introspect vpcID',
    },
  ],
  ruledOut: [
    { name: 'last words about anything else', facts: endingWith(stale, [logLine('error', 'out of ideas')]) },
    {
      name: 'an old obstacle in the log of a controller of which a replica is available',
      facts: given(endingWith(stale, [metadataWords]), ({ slices }) => slices.workloads.push(controller(2))),
    },
    {
      name: 'another instance that renews the Lease',
      facts: given(endingWith(stale, [metadataWords]), ({ slices }) => slices.leases.push(lease(3))),
    },
    {
      name: 'an image that cannot be pulled, so that there are no last words',
      facts: given(endingWith(stale, []), ({ slices }) => {
        for (const { status } of slices.pods)
          for (const each of status.containerStatuses)
            if (!each.ready)
              Object.assign(each, {
                restartCount: 0,
                lastState: {},
                state: { waiting: { reason: 'ImagePullBackOff' } },
              });
      }),
    },
    { name: 'failing pods behind a target group that is as it should be', facts: endingWith(failing, [metadataWords]) },
    {
      name: 'EKS Auto Mode, which runs no Deployment',
      facts: ownedBy(endingWith(stale, [metadataWords]), 'eks-auto-mode'),
    },
  ],
});
