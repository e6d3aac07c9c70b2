/** One instruction or statement of the article, and what became of it. */
export interface ArticleEntry {
  /** Lines of the article's text, as its readers count them: `35–36`. */
  lines: string;
  /** What the article says or asks for, in our words. */
  says: string;
  /** Ids of the checks that answer it; empty where something else of the auditor does. */
  checks: string[];
  /** Whether it still holds, and what differs today. */
  today: string;
}

const workload = [
  'pod-crashloop',
  'pod-oomkilled',
  'pod-image-pull-failure',
  'pod-config-error',
  'pod-init-or-startup-stuck',
  'pod-unschedulable',
  'pod-ip-exhaustion',
  'pod-evicted-or-node-pressure',
];
const healthCheck = [
  'hc-annotation-invalid',
  'hc-setting-not-honoured-by-controller',
  'hc-live-config-drift',
  'policy-switch-stale-hc',
];

/**
 * The AWS Knowledge Center article on unhealthy targets of Network Load Balancers in Amazon EKS, as of 6 January 2022,
 * instruction by instruction, with the checks that carry it out.
 */
export const article: ArticleEntry[] = [
  {
    lines: '1, 5',
    says: 'The aim: make unhealthy targets of a Network Load Balancer of an EKS cluster healthy again.',
    checks: [],
    today:
      'This is what the whole catalogue is for. The article names three causes, the catalogue more than a hundred.',
  },
  {
    lines: '3',
    says: 'Last updated on 6 January 2022.',
    checks: [],
    today:
      'Since then came free health-check settings (November 2022), security groups for Network Load Balancers (August 2023), EKS Auto Mode (December 2024) and the Gateway API.',
  },
  {
    lines: '9–11',
    says: 'First cause: the health check is not set up as it should be. Run it by hand from a host of the VPC.',
    checks: [
      ...healthCheck,
      'hc-protocol-tls-mismatch',
      'hc-port-wrong',
      'hc-path-wrong-status',
      'hc-success-codes-mismatch',
      'hc-timeout-too-short',
      'hc-thresholds-too-tight',
    ],
    today:
      'Holds, and the auditor probes each failing target the way the health check does. A check by hand still differs from the real one in its source, its Host header and its Proxy Protocol header.',
  },
  {
    lines: '11',
    says: 'What the host of the VPC sees stands for what the load balancer sees.',
    checks: [
      'hc-host-header-rejected',
      'ppv2-hc-rejected-by-app',
      'sg-target-missing-health-check-rule',
      'nlb-sg-egress-blocks-health-check',
      'nacl-blocks-health-check',
      'networkpolicy-blocks-health-check',
    ],
    today:
      'Not in general: security groups, network ACLs and policies may let the host through and stop the load balancer, or the reverse. The auditor evaluates the rules for the addresses of the load balancer and says where its probes start.',
  },
  {
    lines: '12',
    says: 'Second cause: something unexpected comes from the pod.',
    checks: [...workload, 'pod-readiness-probe-failing', 'app-error-status', 'app-saturated'],
    today:
      'Holds for instance targets. With ip targets a pod that is not ready leaves the target group instead of failing in it.',
  },
  {
    lines: '13',
    says: 'Third cause: externalTrafficPolicy Local with a domain name of one’s own in the DHCP options. Tell kube-proxy the name of its node.',
    checks: ['kube-proxy-node-name-mismatch'],
    today:
      'The mechanism is the same. The managed add-on passes the name by itself by now; self-managed manifests and instance-id host names still run into it.',
  },
  {
    lines: '15, 25',
    says: 'The target type is ip when the annotation nlb-target-type is there, instance when it is not.',
    checks: [
      'wrong-controller-instance-instead-of-ip',
      'no-controller-owns-service',
      'automode-unsupported-annotation',
    ],
    today:
      'Wrong as a rule: the value counts, cloud-provider-aws ignores the annotation, a flag changes the default of the AWS Load Balancer Controller, and EKS Auto Mode has ip as default. The auditor asks Elastic Load Balancing.',
  },
  {
    lines: '19–23',
    says: 'Read the Service with kubectl get service -o yaml.',
    checks: [],
    today: 'Holds. The auditor reads all Services of the cluster, and beside each the live target group.',
  },
  {
    lines: '27–31',
    says: 'Look at the Elastic Load Balancing annotations of the Service.',
    checks: healthCheck,
    today:
      'Annotations are wishes: Kubernetes accepts any value, and the target group may have others. Both are compared, setting by setting.',
  },
  {
    lines: '35–36',
    says: 'Healthy threshold: 2 by default, from 2 to 10.',
    checks: ['hc-annotation-invalid', 'hc-thresholds-too-tight'],
    today:
      'The range holds. 2 was the default of Classic Load Balancers; both controllers ask for 3, and for 2 under Local.',
  },
  {
    lines: '38–39',
    says: 'Unhealthy threshold: 6 by default, from 2 to 10.',
    checks: ['hc-annotation-invalid', 'hc-thresholds-too-tight'],
    today:
      'The range holds. Both controllers ask for 3, and for 2 under Local. It had to equal the healthy threshold until November 2022. cloud-provider-aws changes it only together with the healthy one.',
  },
  {
    lines: '41–42',
    says: 'Interval: 10 seconds by default, from 5 to 300; the example has 20.',
    checks: ['hc-annotation-invalid', 'hc-thresholds-too-tight'],
    today:
      'The range is right today. When the article was written a Network Load Balancer took 10 or 30 seconds only, so that its own example was invalid. cloud-provider-aws asks for 30, under Local for 10; the AWS Load Balancer Controller for 10.',
  },
  {
    lines: '44–45',
    says: 'Timeout: 5 seconds by default, from 2 to 60, less than the interval.',
    checks: ['hc-annotation-invalid', 'hc-timeout-too-short', 'hc-setting-not-honoured-by-controller'],
    today:
      'From 2 to 120 seconds, and equal to the interval is allowed. It could not be set at all then. cloud-provider-aws reads it and never sends it; the AWS Load Balancer Controller does since version 2.4.6.',
  },
  {
    lines: '47',
    says: 'Protocol: TCP.',
    checks: [
      'hc-protocol-tls-mismatch',
      'hc-http-on-non-http-server',
      'hc-udp-without-tcp-responder',
      'hc-tcp-override-under-local',
      'hc-https-tls13-only',
    ],
    today: 'TCP, HTTP or HTTPS. UDP and QUIC groups are checked over one of these as well.',
  },
  {
    lines: '48–49',
    says: 'Port: traffic-port or a number.',
    checks: ['hc-port-wrong', 'hc-named-port-unresolvable', 'nodeport-changed-stale-target-group'],
    today:
      'The AWS Load Balancer Controller takes the name of a Service port, too. With instance targets a number means a port of the node.',
  },
  {
    lines: '51–52',
    says: 'Path of the health check.',
    checks: ['hc-path-wrong-status', 'hc-endpoint-requires-auth-or-client-cert'],
    today: 'Holds for HTTP and HTTPS; a TCP check has no path, whatever the annotation says.',
  },
  {
    lines: '54',
    says: 'Annotations that are wrong may make targets unhealthy.',
    checks: [...healthCheck, 'controller-build-or-deploy-failed'],
    today: 'Holds, and one wrong annotation stops every other change of the Service too.',
  },
  {
    lines: '56–62',
    says: 'For instance targets: curl the NodePort of the node.',
    checks: [
      'etp-local-no-local-pod',
      'kube-proxy-down',
      'nodeport-rules-not-programmed',
      'node-to-node-sg-blocks-pod-port',
      'kube-proxy-reports-unhealthy',
      'healthchecknodeport-not-listening',
    ],
    today:
      'Holds under the policy Cluster. Under Local the load balancer asks the healthCheckNodePort instead, where kube-proxy answers; the auditor asks both.',
  },
  {
    lines: '64–68',
    says: 'For ip targets: curl the address and port of the pod.',
    checks: [
      'container-not-listening-on-target-port',
      'app-bound-to-loopback',
      'app-error-status',
      'pod-sg-missing-nlb-rule',
    ],
    today: 'Holds where the health check goes to the traffic port.',
  },
  {
    lines: '60, 66',
    says: 'Ignore certificates while doing so (curl -k).',
    checks: ['hc-protocol-tls-mismatch', 'hc-https-tls13-only', 'hc-endpoint-requires-auth-or-client-cert'],
    today:
      'The load balancer does not validate certificates of targets either. It may speak no TLS 1.3, and it has no client certificate.',
  },
  {
    lines: '70–76',
    says: 'For instance targets: look at the health-check annotations that are there now.',
    checks: healthCheck,
    today:
      'Compare with the live target group; after a switch of the traffic policy the old check may still be in force.',
  },
  {
    lines: '78–80',
    says: 'See whether the Service has endpoints: kubectl get endpoints.',
    checks: ['svc-selector-matches-no-pods', 'named-target-port-not-found', 'endpointslice-port-name-mismatch'],
    today: 'Controllers and kube-proxy read EndpointSlices; so does the auditor.',
  },
  {
    lines: '82–87',
    says: 'Without endpoints: compare the labels of the pods with the selector of the Service.',
    checks: [
      'svc-selector-matches-no-pods',
      'workload-scaled-to-zero',
      'pod-readiness-probe-failing',
      'readiness-gate-stuck',
    ],
    today: 'The selector is one of many reasons; pods that are not ready, not scheduled or not wanted are others.',
  },
  {
    lines: '89–91',
    says: 'See whether the pods are Running.',
    checks: [...workload, 'pod-readiness-probe-failing'],
    today: 'Running is not Ready, and only Ready pods serve.',
  },
  {
    lines: '93–95',
    says: 'See whether the pods run without restarts.',
    checks: ['pod-crashloop', 'pod-oomkilled', 'pod-liveness-kill-loop'],
    today: 'Only restarts of the last hour count; older ones are history.',
  },
  {
    lines: '97–100',
    says: 'With restarts: read the logs of the pods, of the previous run too.',
    checks: ['pod-crashloop', 'pod-oomkilled', 'pod-liveness-kill-loop'],
    today: 'Holds. The auditor reads the last lines of the previous run and takes secrets out of them.',
  },
  {
    lines: '102',
    says: 'Log in to a host of the VPC that can reach the node.',
    checks: [],
    today:
      'The auditor runs in the VPC and records where every probe started; if it did not run there, it reports that its probes do not count.',
  },
  {
    lines: '104–106',
    says: 'Curl the NodePort and compare the status with the expected one.',
    checks: ['hc-path-wrong-status', 'hc-success-codes-mismatch', 'app-error-status'],
    today: 'Holds under the policy Cluster.',
  },
  {
    lines: '108',
    says: 'Another status at the NodePort means that the pods answer with it.',
    checks: [
      'app-error-status',
      'node-to-node-sg-blocks-pod-port',
      'nodeport-rules-not-programmed',
      'host-firewall-or-kernel-setting',
    ],
    today:
      'Not always: a NodePort may fail with sound pods behind it, because nodes cannot reach each other or kube-proxy wrote no rules.',
  },
  {
    lines: '110–114',
    says: 'From the same host curl the pod. If that fails, the pod is set up wrongly.',
    checks: [
      'container-not-listening-on-target-port',
      'app-bound-to-loopback',
      'app-error-status',
      'pod-sg-missing-nlb-rule',
      'eniconfig-sg-blocks-nlb',
      'networkpolicy-blocks-health-check',
    ],
    today: 'Not always: a security group or a network policy may stop only this host.',
  },
  {
    lines: '116',
    says: 'Under Local only nodes that run pods of the Service are healthy.',
    checks: ['etp-local-no-local-pod', 'etp-local-no-ready-endpoint-anywhere'],
    today: 'Holds, and it is how it should be: the auditor calls it expected and raises no alarm.',
  },
  {
    lines: '118–122',
    says: 'For ip targets: look at the health-check annotations that are there now.',
    checks: healthCheck,
    today: 'Holds.',
  },
  {
    lines: '124–128',
    says: 'From a host of the VPC curl the pod; another status than expected means that the pod is set up wrongly.',
    checks: [
      'container-not-listening-on-target-port',
      'app-error-status',
      'hc-path-wrong-status',
      'hc-success-codes-mismatch',
    ],
    today: 'The status may be right and the success codes or the path of the health check wrong.',
  },
  {
    lines: '130–150',
    says: 'Patch the DaemonSet of kube-proxy: /bin/sh -c with --hostname-override and NODE_NAME.',
    checks: ['kube-proxy-node-name-mismatch', 'kube-proxy-down'],
    today:
      'Do not: the images that EKS uses since Kubernetes 1.23 have no shell, so that kube-proxy would not start on any node. The fix of the check calls the binary itself, or updates the add-on.',
  },
  {
    lines: '152',
    says: 'For instance targets the security group of the nodes admits the NodePort from 0.0.0.0/0.',
    checks: [
      'sg-target-missing-health-check-rule',
      'source-ranges-exclude-lb-nodes',
      'byo-nlb-sg-without-backend-rules',
    ],
    today:
      'True of cloud-provider-aws. The AWS Load Balancer Controller gives the load balancer security groups since version 2.6 and admits only these.',
  },
  {
    lines: '152',
    says: 'Under Local a rule for the health-check NodePort from the CIDRs of the subnets is added.',
    checks: ['sg-target-missing-health-check-rule', 'sg-rules-quota-exceeded', 'sg-rule-removed-by-other-manager'],
    today:
      'True of cloud-provider-aws, for the subnets of the load balancer. The AWS Load Balancer Controller names its security group instead.',
  },
  {
    lines: '154–159',
    says: 'Limit the sources with spec.loadBalancerSourceRanges.',
    checks: ['source-ranges-exclude-lb-nodes', 'automode-unsupported-annotation'],
    today:
      'Holds; without effect if the Service sets the security groups of the load balancer. Ranges that leave out the load balancer’s own addresses may stop health checks.',
  },
  {
    lines: '161',
    says: 'Without ranges 0.0.0.0/0 is admitted to the security groups of the nodes; nodes with public addresses can then be reached past the load balancer.',
    checks: [],
    today:
      'True of cloud-provider-aws. It makes no target unhealthy, so that no check speaks of it; it is worth hardening all the same.',
  },
  {
    lines: '164–167',
    says: 'Feedback and support.',
    checks: [],
    today: 'A saved facts file is what a bug report needs: nlb-auditor audit --save-facts FILE.',
  },
];
