/** Words that redacted facts keep: a kind of them, and why checks cannot do without it. */
interface Vocabulary {
  why: string;
  /** In lower case and in order, divided by white space. */
  words: string;
}

/**
 * Kept by hand. A word belongs here only where a check compares it or searches for it in a text: any other may be the name of a team, a
 * customer or a person. A scenario whose causes change with redaction shows one that is missing.
 */
export const vocabularies = {
  aws: {
    why: 'Parts of ARNs, of ids, of host names and of names that AWS gives; ownership and paths are read from them.',
    words: `
      account acl additional amazon amazonaws ami api arn assign attached attributes auto automode available aws
      backend balancer balancers blackhole block blocks bucket cidr cloud cluster clusters com compute conntrack cross
      dataplane dhcpoptions discovery distributed dns ec2 ec2imds egress eigw eks elasticloadbalancing elb elbv2 ena
      eni eniconfig eniid facing fargate frontend gateway gatewayclass group groups hybrid iam igw image imds inbound
      ingress instance instances interface interfaces internal internet ipv4 ipv6 lambda lbc listener listeners load
      loadbalancer loadbalancerconfiguration loadbalancers local metadata mode modify name nat net network networkacls
      networking networkinterfaces nitro nlb outbound owned pcx policy prefix primary private public ranges region
      role route routes routetables routing rule rules security securitygroup securitygroups shared source stack
      standard subnet subnets system tag tags target targetgroup targetgroupbinding targetgroupbindings
      targetgroupconfiguration targetgroups targets tgb traffic transit type vpc vpce vpcid vpcs zonal zone zones
    `,
  },
  targetHealth: {
    why: 'States, reasons, settings and metrics of target groups and load balancers (Elastic Load Balancing, API reference).',
    words: `
      active alb allowed alpn codes connection connections count deregistered deregistration deregistrationinprogress
      disabled drain draining enabled enforcing external failed failover health healthy healthyhostcount
      healthythreshold http1only http2only http2optional http2preferred httpcode idle impaired initial
      initialhealthchecking internalerror interval intervalseconds invalidstate ipunusable matcher max maximum minimum
      newflowcount notinuse percentage port portallocationerrorcount preserve protocol provisioning proxy registration
      registrationinprogress rejected requested requires reset round securitygroupblockedflowcount shift stale status
      success successcodes targetgrouparn targettype tcp terminated terminating termination threshold timeout
      timeoutseconds tls udp unavailable unhealthy unhealthyhostcount unhealthyroutingflowcount unhealthythreshold
      unused weight
    `,
  },
  kubernetes: {
    why: 'API groups, kinds, fields, phases, conditions and the labels, annotations and taints of Kubernetes itself.',
    words: `
      allocate allow annotation annotations app application apps args beta binding class clusterip cni condition
      conditions config configmap configmaps container containerport containers containersready control controller
      controllers cpu crd crds custom daemonset default defaultdeny delegated deny deployment deployments diskpressure
      disrupted disruption disruptiontarget end endpoint endpoints endpointslice endpointslices env event events exclude
      excluded externalip externaltrafficpolicy false finalizer fluxcd gate hash healthchecknodeport healthcheckport
      helmrelease host hostname hostnameoverride hosts httpget init initialized internalip internaltrafficpolicy k8s
      kind kube kubelet kubeproxyconfiguration kubernetes kustomization kustomize label labels leader lease limits
      live liveness livenessprobe localendpoints managed manager master member memory memorypressure namespace
      namespaces networkpolicies networkpolicy new node nodeclass nodeclasses nodeport nodeportaddresses nodeports
      nodes nominated none notin object off only out override owner path pending phase pidpressure pod pods
      podscheduled ports present provider readiness readinessprobe ready reference replacement replica replicas
      replicaset resource resources revision running scaled scheduler scheduling scheme scope secret secrets selector
      service serviceaccount serviceproxyhealthy services slice spec startup startupprobe state statefulset strict
      string succeeded svc taint template toolkit topology tracking true unreachable unschedulable unset used value
      values version volume volumes webhook windows workload workloads zero
    `,
  },
  reasons: {
    why: 'Reasons of events, conditions and container states of Kubernetes and of its add-ons, which checks compare.',
    words: `
      backendnotfound bandwidthinexceeded bandwidthoutexceeded conntrackexceeded conntrackexceededkernel
      containercannotrun containercreating crashloop crashloopbackoff createcontainer createcontainerconfigerror
      createcontainererror deadline ensuredloadbalancer errimageneverpull errimagepull error evicted
      failedattachvolume failedbuildmodel failedcreate failedcreatepodsandbox faileddeploymodel failedmount
      failednetworkreconcile failedreconcile failedtostartservicehealthcheck heartbeattimeout imagepullbackoff
      interfacenotrunning interfacenotup invalidimagename ipamdinconsistentstate ipamdnotready ipamdnotrunning
      kedascaletargetdeactivated killing linklocalexceeded macaddresspolicymisconfigured missingdefaultroutes
      missingiproutes missingiprules missingloopbackinterface networkingready networksysctl newreplicasetavailable
      nodeshutdown notready oomkilled podinitializing ppsexceeded progressdeadlineexceeded progressing
      registryunavailable runcontainererror scheduled starterror successfulcreate successfullyreconciled
      syncloadbalancerfailed tobedeletedbyclusterautoscaler triggeredscaleup unexpectedadmissionerror
      unexpectedrejectrule updatedloadbalancer updateloadbalancerfailed
    `,
  },
  errors: {
    why: 'Actions and error codes of AWS and the words of the API server, by which a failure of a controller is told apart.',
    words: `
      accessdenied assumerole authorize authorized authorizesecuritygroupingress createtargetgroup credentials denied
      deregistertargets describeinstances describelistener describelisteners describeloadbalancer
      describeloadbalancers describenetworkinterfaces describetargetgroups describetargethealth doesnotexist
      ec2metadata exceeded exhausted expired expiredtoken insufficient insufficientcidrblocks
      insufficientfreeaddressesinsubnet invalid invalidsubnet invalidtarget limit limitexceeded limitrange
      modifytargetgroup nocredentialproviders quota rate registertargets requestlimitexceeded
      rulespersecuritygrouplimitexceeded subnetnotfound throttled throttling throttlingexception toomanylisteners
      toomanyregistrationsfortargetid toomanyrequests toomanyrequestsexception toomanytargetgroups toomanytargets
      unauthorizedoperation unsupported webidentityerr
    `,
  },
  products: {
    why: 'Controllers, networks, meshes, autoscalers and servers by whose labels, images or log lines they are known.',
    words: `
      agent amqps antrea argo argocd argoproj aspnetcore audit auth autoscaler autoscaling baseline bpfenabled build
      calico caliconetworkset calicopolicy calicotier cilium ciliumclusterwidenetworkpolicy ciliumnetworkpolicy
      ciliumpolicy clusternetworkpolicy conf configuration consul deploy downscaler envoy excludeinboundports felix
      flask globalnetworkpolicy hashicorp helm istio kafka karpenter keda kuma ldap linkerd mesh metrics mongo mqtt
      mtls multi mysql nginx nodeagent orchestrator org postgres projectcalico redis rocket rollout rollouts router
      sgp sidecar smtp uvicorn world
    `,
  },
  changes: {
    why: 'What a recorded call did, and the tools that made it; a change by a controller is told apart by its tool.',
    words: `
      ack added cli cloudformation cloudshell console crossplane eksctl pulumi removed sdk terraform
    `,
  },
  messages: {
    why: 'Words of log lines, event messages and refusals that checks search for.',
    words: `
      accept accepted access addr address addresses admission again all allocated always any are argument asymmetric
      bad bind bound but bytes cached calling can cannot cert certificate certificates certs cfg check client closed
      command connect connected could crash crt currenttime data database dial different disk down empty enable
      enetunreach engine enough environment errimage ess every exactly exec exists exit exited expected failing
      failure fatal fetch file find firewall first for format found free from get gwy handshake has healthcheck
      healthz http https index install installed instead into introspect kernel key kill killed known last length less
      listen listening locales log long looking loop lost macaddresspolicy manage many marked matches minutes missing
      more most mount multiple must named need never non not number one open opened other packet panic peer per
      perform permission pid podsecurity pressure probe programmed pull range ratio reached read reading refresh
      refused refuses register registered remote reported request required reserved resolve responder response restart
      run runs same sandbox saturated seconds serve server serving set short should shutting size start started
      starting stopped stopping stuck suitable support supported tagged the this throttl time timedout times too
      trusted unallocated under unknown urls usage use user valid verify via violates waiting was web while with
      without word write written wrong yes
    `,
  },
  protocols: {
    why: 'Protocols, their versions, paths of health checks, and addresses with a meaning of their own.',
    words: `
      anywhere dual fd00 fe80 grpc h2c header http2 localhost loopback ppv2 proxyprotocol quic tls13 tlsv1
    `,
  },
} as const satisfies Record<string, Vocabulary>;

/** The words of every kind. */
export const knownWords: readonly string[] = Object.values(vocabularies).flatMap(({ words }) =>
  words.trim().split(/\s+/),
);
