import { listenersInUse } from '../../controllers/listeners/client-path.ts';
import { check } from '../../diagnosis/check.ts';
import { serviceOf, servicePortOf } from '../../kubernetes/service.ts';
import type { ServicePort } from '../../model/kubernetes.ts';

export const alpnMissingForGrpc = check({
  id: 'alpn-missing-for-grpc',
  kind: 'clients',
  stage: 'configuration',
  severity: 'medium',
  title: 'The TLS listener does not offer HTTP/2, which gRPC clients insist on',
  symptom:
    'Every target is healthy, and gRPC clients report “missing selected ALPN property” or an unavailable server.',
  why: `gRPC is HTTP/2, and over TLS both ends agree on HTTP/2 by ALPN in the handshake. A TLS listener without an ALPN policy takes no part in that,
so clients that insist on it, such as grpc-go from 1.67 on, grpc-java and those built on the C core, close the connection.`,
  proof: `A TLS listener forwards to the target group, its ALPN policy is None or HTTP1Only, and the port of the Service is for gRPC by its
application protocol or its name. Whether the clients insist on ALPN is not seen, so it stays probable.`,
  nearMisses: [
    'With HTTP2Preferred, HTTP2Optional or HTTP2Only the load balancer agrees to h2.',
    'A TCP listener passes the handshake through: the application itself does ALPN.',
    'HTTP/2 that is not gRPC falls back to HTTP/1.1 without ALPN.',
  ],
  decidedBy: 'openssl s_client -alpn h2 against the listener: it prints “ALPN protocol: h2”, or “No ALPN negotiated”',
  fix: [
    {
      text: 'Set an ALPN policy. The controller changes the listener in place.',
      change: { annotate: { 'service.beta.kubernetes.io/aws-load-balancer-alpn-policy': 'HTTP2Preferred' } },
      disturbs: 'New connections to the TLS listeners of this Service.',
      only: ['aws-load-balancer-controller', 'eks-auto-mode'],
    },
    {
      text: 'cloud-provider-aws has no annotation for it: set the policy on the listener.',
      only: ['cloud-provider-aws'],
      change: {
        aws: 'elbv2 modify-listener',
        options: { 'listener-arn': '{listener}', 'alpn-policy': 'HTTP2Preferred' },
      },
    },
  ],
  links: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html#alpn-policies',
    'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/#alpn-policy',
    'https://github.com/grpc/grpc-go/issues/434',
  ],
  masks: [],
  needs: ['listeners', 'services'],

  run(group, { services }) {
    const service = serviceOf(group, services);
    const port = service && servicePortOf(group, service);
    const listeners = listenersInUse(group).filter(({ protocol }) => protocol === 'TLS');
    if (port === undefined || listeners.length === 0 || !isGrpc(port)) return undefined;
    const lacking = listeners.filter(({ alpnPolicy }) => ['None', 'HTTP1Only'].includes(alpnPolicy ?? ''));
    return lacking.map(({ arn, port: number, alpnPolicy }) => ({
      saw: `the TLS listener on ${number} has the ALPN policy ${alpnPolicy}, and port ${port.name ?? port.port} of the Service is for gRPC`,
      expected: 'HTTP2Preferred, HTTP2Optional or HTTP2Only',
      confidence: 'probable' as const,
      values: { listener: arn },
    }));
  },
});

/** By `appProtocol`, else by the name of the port, as service meshes and gateways read it: `grpc` or `grpc-…`. */
const isGrpc = ({ appProtocol, name }: ServicePort): boolean =>
  appProtocol === undefined ? /^grpc(-|$)|-grpc$/i.test(name ?? '') : /^(kubernetes\.io\/)?grpc$/i.test(appProtocol);
