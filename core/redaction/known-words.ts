/** Every word of the code of core, in lower case; written by `npm run docs`. */
export const knownWords: readonly string[] = `
able about aboutnodes above absent accept accepted accepts access accessdenied accident according account acl
acldenial aclid acls acquittal action actions active acts add added addition additional additions addon addons
addonversion addonversions addr address addresses addressesof addressof addressrefusal addresstype adds admin
administrative admission admit admits admitted admitting admittingrule advanced advice affected affectedby
affectedbyended affinity after afterchanges afternews afterwards again against age agent agents ageof ago agree agrees
alarm alarming alarms alb alert alike all allbroken allfacts allocate allocated allocateloadbalancernodeports
allocates allocating allocation allof allofipv4 allow allowance allowances allowed allows alone alpha alpn
alpnmissingforgrpc alpnpolicy already also alternate although always amazon amazonaws amazonecr
amazoneksloadbalancingpolicy amazonlinux ambiguous ami among amount amqps analyses analysis analyzer and annotate
annotated annotation annotationof annotations announce announcements another answer answered answering answerof
answers answerskubelet answersof answerswell antrea any anyof anyone anything anywhere apart api apicalls apireference
apiversion app appboundtoloopback appear appears apperrorstatus appipfamilymismatch application applications applied
applies apply applying appprotocol apps appsaturated arc architecture are aregroupshidden arelabels arepairs arg argo
argocd argoproj args argument argumentsof arn arnof arns around array arrival arrivals arrivalsat arrive arrived
arrives ascidr ascii ask asked askedother askedport asking asks asksforcertificate asksforheader asksformoretags
askshealthserver askskubeproxy asksthesame asleep asof aspnetcore aspod asprocess assemble assess assessment
assessoptions assign assigns association assumed assumerole assumes assumeyes asymmetric atendpoints atnode atnodeport
atpod attached attachment attachments attarget attempt attempts attribute attributekey attributes attributesannotation
attributevalue audit audited auditor auth authenticationmode authn authorize authorized authorizesecuritygroupingress
authz auto automatically automode automodebinding automodeloadbalancing automodenodesgpermission
automodeunsupportedannotation automodeuntaggedtargetgroup autoscaler autoscalers autoscaling autoshift autoshifts
availability availabilityzone available availableipaddresscount availableips availablereplicas awaited away awk aws
awsec2 back backend backendnotfound backendoftags backoffreset backslash backtick bad badanswer balancer balancerof
balancers balancing balert bandwidth bandwidthinexceeded bandwidthoutexceeded bare barest barred barredprobes base
baseline baselinesof became because become becomes becoming been before began begin beginning beginningsof begins
behind behindnode being belong belongs below beside best beta better between beyond bigint billed bin binary bind
binding bindingbyarn bindingnamespace bindings bindingsof binds bits black blackhole blind blob block blocked blocks
blocksof blue bluegreen board body boolean both bound boundarn boundary boundname bpfenabled branch branched
branchinterfaceof break breaks bring broken broker browsers bucket bug bugs build built busiest busiestday busy but
buttonvalue byage byannotation byarn bydefault byfingerprint bygroup byhandfirst bykey byname bynews bynode byo
byonlbsgwithoutbackendrules byorder bypass byplace byselector bystage bytarget bytes bytesverdict bytransition
byweight byzone cached caches calico caliconetworkset calicopolicy calicorule calicotier calicoverdict call called
caller callers calling calls calm can canal candidates cannot cap capacity capture carried carries carry case cases
casesof cat catalogue catch category categoryof cause causeof causes causesof cc1 cc2 ceil cert certain certainty
certificate certificateauthority certificates certs cfg cg1 cg2 chain chained chaining chainof chainzone change
changed changedat changedsincehealthy changes changesofslice changessince changessincehealthy changing channel
character characters charat charcodeat charge charged chart charts cheaper check checkdefinition checked checkedportof
checkmetadata checkpoint checkresult checks checksof checksum choice choose chosen chroot cidr cidrblock cidrip
cidripv4 cidripv6 cidrs cilium ciliumclusterwidenetworkpolicy ciliumnetworkpolicy ciliumpolicy ciliumrule
ciliumverdict claimable claimed claims clash class classesof clean cli client clientanswer clients clip close closed
closedlistener closedlisteners closes closing closingms cloud cloudformation cloudprovidername cloudprovidernameof
cloudtrail cloudwatch cluster clusterip clustername clusternetworkpolicy clusternetworkpolicyblockshealthcheck
clusterof clusteroftags clusterpolicyverdict clusters clustersecuritygroupid clustersof clustersseen clusterwide cni
cninodeportsupportdisabled cnisetting cocauses code codepointat codes columns com combine combinehops come comes
command commands common compare comparechecks compared compares comparetext complete compute computes computetype
conceals concealssome concepts concerned concerning concerns conclude concludems concludemspergroup concluding
conclusion conclusions concurrent condition conditionof conditions conf confidence confidenceof confidences config
configmap configmaps configuration configurations configure configured confirm confirmed confirms conflict conflicts
connect connected connecting connection connectionpath connections connectms connects connecttimeout conntrack
conntrackexceeded conntrackexceededkernel conntrackorenaallowanceexhausted consequence const consul consumers contain
container containercannotrun containercreating containernotlisteningontargetport containerof containerport
containerprobe containers containersready containerstate containerstatus containerstatuses contains context continue
continues contrasts control controller controllerbuildordeployfailed controllercannotstart
controllerclusternamemismatch controllercrdsoutdated controllerdeployment controlleriamdenied controllernamespace
controllernotrunningorstuck controllerof controllerpod controllers controllersof controllertargetcap
controllerthrottled controllerversion controllerwebhookunavailable conventions copied copy cordon cordoned core
correct corrected correctly cost costof could count counted counters countof counts countsof cover coverage coverageof
covered coveredvpcids covering coveringrules coverof covers cpu cpulimit cr1 crash crashes crashing crashloop
crashloopbackoff crd crds create createcontainer createcontainerconfigerror createcontainererror created createdat
creates createtargetgroup creationtimestamp credentials critical cross crossed crosszone crt cs1 culprit curl current
currenttime custom customdomain customresourcedefinitions cut daemonset daemonsetname daemonsets daily danger dangers
dark dash dashboards data database datagrams dataplane date dated datetimeformat day days daysbetween db8 dbg dead
deadline deaf debug decide decided decidedby decidednext decides decision decisive declare declared declares decrypts
default defaultaction defaultallow defaultdelay defaultdeny defaultlifecycle defaultnoise defaults defaultsfor
defaulttierorder deferred define defineproperties definition delay delays delegated delegation delete deleted deletion
deletiontimestamp demux denial denials denied deniedatend denies deny denying departure departureof depend
dependencies dependency depends deploy deployment deployments der deregister deregistered deregisters
deregistertargets deregistration deregistrationinprogress derived describe described describeinstances
describelistener describeloadbalancer describenetworkinterfaces describetargetgroups describetargethealth describevpcs
description descriptionof desertion desertionof design desired destination detach detail details determine determines
deviations device deviceindex devices dhcp dhcpoptions dhcpoptionsid diagnose diagnosed diagnoses diagnosis dial did
diff differ difference differences different differently differs digest digestedat digit digits direct direction
directly disable disabled disables disagree disappear disappears discovery disk diskpressure disrupted disruption
disruptiontarget distinct distributed distributedfrom disturbed divides dnf dns dnsname docs document documentation
does doesnotexist dollar domain domainname domainnameservers done doors dot dots double down downscaler drain draining
drains drift driftat drifted driftneeds driftof driftofservice driftoptional drifts driftsymptom drop dropped dropping
drops dual dualstack dump duplicatetargetgroupname durationms during ea8095f each earlier earliest early east ec2
ec2imds ec2metadata ecr edit effect egistertargets egress eight eigw either eks elastic elasticloadbalancing elb
elbinternalerror elbv2 eligible eligiblenodes elimination else elsewhere emptied empty emptydir emptymemory
emptyslices emptysurveymemory emptyzoneafterminutes emptyzones ena enable enabled enablehealthcheck enables
encapsulates encrypt encrypted encrypts end ended endedat ending endings endof endpoint endpointat
endpointprivateaccess endpointpublicaccess endpoints endpointselector endpointslice endpointsliceportnamemismatch
endpointslices endpointslicesof endpointsof endport ends endsof endswith enetunreach enforced enforces enforcing
engine engineamong engineobject enginepolicies enginepolicy engines engineverdict eni eniconfig eniconfigs
eniconfigsgblocksnlb eniid enis enough ensuredloadbalancer enters entities entity entries entriesof entry env
environment envoy episode episodeof episodes equal errimage errimageneverpull errimagepull error errorcategory
errorcode errors errorsin escapingsplit ess estimatedusd ethtool etp etplocalnolocalpod
etplocalnoreadyendpointanywhere etplocalonlyterminatingendpoints evaluate evaluated evaluatepath evaluatepathwithin
even event eventlog eventname events eventsabout eventsaround eventsofnode eventtime ever every everybody
everybodymuted everyone everytarget everything everywhere evicted eviction evicts evidence evidencefor
evidencefordrift evidenceofunexplained exactly examine example exceed exceeded exceeds except excerpt excerptof
exchange exclamation exclude excluded excludeinboundports excludes excluding exclusionlabels exclusionof excused
excusingstates exec executions exemption exemptionof exemptions exhausted exhaustion exist existing exists exit
exitcode exited exits expandedroutes expect expected expectedcheck expectedhealthcheck expectedname expectedof
expectedsetting expects experiment expired expiredevidence expiredtoken expires explains explanationcode explanations
export exposure exposureof extend extended extends extensible external externalip externaltrafficpolicy extra facing
facts fail failed failedattachvolume failedbuildmodel failedcreate failedcreatepodsandbox faileddeploymodel
failedmount failednetworkreconcile failedownwebhook failedreconcile failedtostartservicehealthcheck failing failover
failoverof fails failure failureof failures failurethreshold falls false families family faq far fargate
fargatewithinstancetargets fatal fault faultstocome fd00 fe80 features felix fellows fetch few fewaddresses fewer
fewest fewestofkind ff00 field fieldpath fieldref fields file fileb filename fill fillcommand filled filledcommand
filling fills filltext filter filtered filtering filterreport filters filtersof filterverdict finalizer find finder
findevents findindex finding findings findmissing finds fine fingerprint finish finishedat finishes fire firewall
firewalld first firstbytems firstbytes firstevidence firstpace firstquestions firsts firstseen firstseenat fit fits
fitscalico fitsnamespace fitsterm fitted fitting fix fixed fixes flag flagof flags flap flapguard flapping
flappingsince flask flat flatmap floor flow flux fluxcd fluxmarks follow followed follows for foreign foreignbinding
foreignbindings forever form format formataddress formatchoice formatcontrast formatdeviation formatempty formatfilter
formathealthcheck formatlabels formatmissing formatname formatnodes formatoutcome formatports formatprobe
formatreadiness formatreconcileerror formatregistered formatrequest formatrule formatunreadable former forward
forwarding forwards forwhom found four free freenumber freeze fresh from fromcidr fromelsewhere fromentries fromport
front fronted frontend frontendnlbalbtargetunhealthy full fullest function further gap gapof gapreason gaps gapsaround
gapscope gate gated gatefix gatelabelof gateofbinding gateofcontroller gates gatesmissing gatestate gateway
gatewayoftags gateways gatewaystack gaveup gbsecond gbseconds generation generations generosity get gets gist git
github gitops give given gives globalnetworkpolicy goes gone good got governed grace graded gradedchecks grades grant
grants green grep group groupby groupforrule grouphealth groupid groupids groupof groups groupsbehind groupsin
groupsof groupsofbalancer groupsummary growing grpc guide gwy h23 h2c had half halfprobed halves hand handler
handshake hang hanging hangs hangsup happen happened happens harm has hasaddress hasbegun hasebpf hasended hasfailed
hash hashealthy hashicorp hashlabel hasipv4 haskubeproxy haskubeproxypods haslostcluster hasnoprovider hasopenport
hasown hasownnetwork hasserverid hassources have hcannotationinvalid hcendpointrequiresauthorclientcert
hchostheaderrejected hchttponnonhttpserver hchttpstls13only hcliveconfigdrift hcmeshmtlsorsidecarintercept
hcnamedportunresolvable hcpathwrongstatus hcportwrong hcprotocoltlsmismatch hcsettingnothonouredbycontroller
hcsuccesscodesmismatch hctcpoverrideunderlocal hcthresholdstootight hctimeouttooshort hcudpwithouttcpresponder head
header headerattribute headerof headers health healthchanges healthcheck healthcheckannotation healthcheckmismatch
healthchecknodeport healthchecknodeportnotlistening healthchecknodeports healthcheckport healthcheckprotocol
healthoftargets healthportunserved healthy healthyhostcount healthyimages healthythreshold healthz healthzport heard
heartbeattimeout held helm helmrelease here hi1 hidden hiddencauses hide hides hidesall hidescluster hidessome
hidestargetgroups hiding high hint hinted hints hintsof history hold holddownminutes holder holderidentity holdersof
holds hole holes hollow honoured hop hopeless hopkind hops host hostfirewallorkernelsetting hostheader hostname
hostnameof hostnameoverride hostnamesof hostnametype hostnetwork hostport hosts hour hourcycle hours hourssilent how
however hpa hs1 html http http1only http2 http2only http2optional http2preferred httpcode httpget https hung hybrid
hybridnodeswithinstancetargets iam identity idle idof ids idsof ignore ignored ignoredsettings ignoredsettingsof
ignores ignoresproxyprotocol igw image imagebehind imageid imageof imagepullbackoff images imds impaired import
improbable imul inbound inboundaclverdict inboundweight incident incidentkeyof incidents incidentupdate include
included includes including increase index indexby indexed indexes indexfacts indexinventory indexof infinity info
informational ing ingress ingressannotation ingressdeny ingresses inhibition inhibitorof inhibitors inhibitorsof init
initcontainers initcontainerstatuses initial initialdelayseconds initialhealthchecking initialized initpatience inject
injected injects inline innamespace inner innerblock inorder inpod inside insights insist install installation
installed installs instance instancegone instanceid instanceidin instancenotrunning instanceof instances instancesof
instead insufficient insufficientcidrblocks insufficientfreeaddressesinsubnet integer intended
intendedemptyorbluegreen intends intercept interface interfaceat interfacenotrunning interfacenotup interfaceof
interfaces interfacesof interfaceswith interfacetype internal internalerror internalip internalips
internaltrafficpolicy internet interval intervalname intervalseconds intime intl into introspect invalid
invalidannotation invalidhealthcheckannotation invalidhealthcheckannotations invalidimagename invalidstate
invalidsubnet invalidtarget inventory involvedobject ipaddresstype ipamdinconsistentstate ipamdnotready
ipamdnotrunning ipblock ipfamilies ipfamily ipfamilymismatchlbvstarget ipprotocol ipranges ips iptables
iptargetunroutableoroutsidevpc ipunusable ipv4 ipv4setting ipv6 ipv6address ipv6addresses ipv6cidr ipv6cidrs
ipv6ranges isabout isaboutmissing isaboutnodes isaboutrules isactive isadmitted isadmittedbefore isagain isallhealthy
isallowedwhole isalone isalways isamong isanswered isansweredattimes isany isanywhere isarn isasked isaskedofkubeproxy
isaway isbad isbare isblackhole isbound isbroken ischecked ischosen isclash isclean isclear iscomplete isconcerned
iscontrollerpod iscrashing iscrashingat iscrossed isdark isdarkhere isdead isdeaf isdecidedby isdeclared isdefault
isdigestdue isdistributed isdown isdry isdue isearly isempty iserror isexcuse isexpected isexternal isfailing
isfamiliar isfargatenode isfirst isforeign isforwarded isforwardedwell isfound isfresh isfrom isfromnode isgatedhere
isgone isgood isgrpc isguarded ishandmade isheard isheldback ishere ishidden ishopeless ishostvalue ishttp ishttps
ishungup ishybridnode isidle isignored isignoredbycloudprovider isin isindexed isinitialized isinstance isinteger
isintheway isipv6 isjoint iskilled isknown isknownunready iskubeproxy iskubeproxyup isleaving isleft isleftout islist
islisted islive islocal islongso islosing islossofnode islost ismany ismasked ismeant ismeshed ismixed isnamed
isnamedbysetting isnan isneeded isnew isnews isnodeport isnodeready isnonehealthy isnote isnothingjudged isnothingseen
isof isofautomode isofcluster isofdeployment isoff isofnode isofservice isold isoldenough isolder ison
isoneniconfiginterface isopen isopeneverywhere isopening isothersturn isoutside isover isown ispartly ispassed ispast
ispastservice ispeered ispodport ispodready isport isprobed isproved isprovenbyhealthcheck isquietat isrange isreached
isread isready isrefused isrejected isreplaced isrequesttarget isreset isrestricted isrestricting isrisk isruledout
isrulemaker isrunning isrunwith issame isseen isselectedby isserved isserving issettled isshared isshort issilence
issilent issound isstarting issteady isstranded isstrict isstuck issuccess issuccesscodes issuer issues issure
issuspected istarget istcp istelling isthere istight istimeout istio isto istold istracked istrue isturnedover
isuncovered isunhealthy isunmanaged isunschedulable isunwell isupagain isvalid iswanted iswell iswhole iswholly
iswindowsnode iswithin iswithoutimage iswrong isyoung item items iterable its itself java jobs join joined joining
json jsonpath judge judged judgement judgements judgemissing judgesent judging judgingrules just k8s kafka karpenter
keda kedascaletargetdeactivated keep keeps kept keptcovers kernel key keyed keyof keys keysof kill killed killing
kills kind kindandname kindof kinds kindsof kindsoftargets know known knownat knownhost knownresource knownverdict
knows kube kubectl kubelet kubeletversion kubeproxies kubeproxy kubeproxyconfiguration kubeproxydaemonset
kubeproxydown kubeproxyhealth kubeproxyisgone kubeproxynodenamemismatch kubeproxypodon kubeproxyreplacement
kubeproxyreportsunhealthy kubernetes kubernetesclaims kubernetesslices kubernetesversion kuma kustomization kustomize
label labelkey labelled labels labelselector labelsfor labelsof lack lacking lackingrule lacks lackskubeproxy lag
lambda lambdaprices larger last lastindexof lasting lastpodsat lastreading lastrule lastrun lasts lastseen lastseenat
laststate lastsuccess lasttime lasttransitiontime lastupdated lastwords lastwordsof late latency latent later latest
latestfirst launched launchedat lbaznotenabledfortarget lbc lbsubnetorenibroken ldap lead leader leaderless leads leak
learn lease leasedurationseconds leases least leastms leave leaves leavesnonehealthy leaveszoneempty leaving left
leftat leftbehind leftfingerprints leftgroups leftunjudged legacy legal length lengths less let lets level lib
lifecycle lifecyclerules like likelihood likely likeness limit limited limitexceeded limiting limitrange limitranges
limits line lineof lines link linked linkerd linklocalexceeded linkof linkreport links linux list listed listen
listener listeners listenersinuse listenersof listenersperloadbalancer listening listens listlisteners lists little
live liveness livenessprobe liveprotocol load loadbalancer loadbalancerarn loadbalancerarns loadbalancerclass
loadbalancerinterface loadbalancerinterfaces loadbalancername loadbalancernode loadbalancernotactive loadbalancers
loadbalancersourceranges loadbalancerstate loads local localendpoints locales localhost localto location lock log
login logname logs long longer longest longestages longestdigest longestexcerpt longestexpired longestintext
longestlist longestms longesttarget longesttext longesttitle longestvalue look looked looking looks lookup loop
loopback loopbacksetting lose loses loss lost lostbefore lostcluster lostitssyn loudest low lower ltnp luck lurking
macaddresspolicy macaddresspolicymisconfigured machine machines made main major make maker makerof makers makes
malformed manage managed managedfields management manager managerof manages managesbackendrules managing manifest
manifests many map mapvalues margin mark marked marks masking masks masksevery master match matchall matcher matches
matchexpressions matching matchlabels math matter max maximum maxtargetspertargetgroup maxtlsversion may maybe
maybekubeproxy mayhaveloadbalancer maywantproxyprotocol mean means meant meanwhile measured mechanism mechanisms
medium meets member members memo memory memorylimit memorymb memorypressure mending merge merged mergedcauses mesh
meshproxyof message messagefor messageof messages met meta metadata metrics min minimum minimumfordns
minimumforrouting minimumof minor minreadyseconds minute minutes minutesbetween mirror mirrored mismatch missesnode
missing missingdefaultroutes missingiproutes missingiprules missingloopbackinterface missingneeds missingrule
missingrules missingrulesof missingtargetsof mixed mode model modeon modes modify modifytargetgroup module modules
moment momentof moments momentsof mongo monitoring more moreclusters moreservices most mostasked mostclusters
mostevidence mostexpired mostlines mostlisteners mostnamed mostnames mostoffenders mostpast mostrules mostservices
mosttext mosttranscripts mosttrusted mount mounts move moves mqtt msg mtls multi multicast multicluster
multiclustertargetgroup multiple must mutatingwebhookconfigurations mute muted mutedby mutehours muteof mutes mutual
mysql nacl naclblockshealthcheck name named namedtargetportnotfound nameinarn namekey namelabel nameof namepattern
names namesin namesof namespace namespacelabels namespaceof namespaces namespaceselector narrow narrowed narrower nat
native near nearest nearestof nearmisses need needed needs needscause needschange needsone needsprobes negotiated
neither net netfilter nets network networkacl networkaclentry networkacls networkaclsverdict networkaclverdict
networking networkingready networkinsightsanalyses networkinsightspath networkinsightspathid networkinterface
networkinterfaceid networkinterfaces networkpathfound networkpolicies networkpolicy networkpolicyblockshealthcheck
networkpolicyorder networkpolicypeer networkpolicystrictmode networkpolicyverdict networks networksysctl never
neverprobed neverserves neverstarted new newer newest newgroup newlyhealthy newnodewindow newreplicasetavailable news
newsof newsseconds next nextevidence nextfailing nextother nextsteps nft nftables nginx night nine nitro nlb
nlbsgblocksclients nlbsgegressblockshealthcheck noaddress nobody nobodyserved nocontrollerownsservice
nocredentialproviders node nodeagent nodebehind nodebeingremoved nodecauses nodechoice nodechoiceof nodeclass
nodeclasses nodecnidataplanebroken nodedropslocalpods nodeexcludedbylabel nodegroup nodemultieniasymmetricpath
nodename nodenameof nodenotready nodeof nodeofendpoint nodeofpod nodepath nodepathsof nodeport nodeportaddresses
nodeportaddressesexcludeprimaryip nodeportchangedstaletargetgroup nodeportnotallocated nodeportrulesnotprogrammed
nodeports nodeportsof nodeportsopentointernet nodes nodesamong nodesbehind nodeselector nodeshutdown nodesof nodetails
nodetonodesgblockspodport noise noiserules nomatch nominated non none nonhealthy nonnullable nor normal not note noted
notes notewithoutowner nothing nothingomitted notice noticed notices notimeleft notin notinuse notnets notready now
null number numbers object objectmeta objects observation observationsof observems obstacle obstacles occurrence octet
octets ofcluster off offamily offenders offendersof offer offered offset ofnamespace ofnode ofnodes ofpods oftarget
often old older oldest oldestbad oldtls omit omits omitted once oncleared one oneof ones onesyn onfargate only onnodes
onquiet onseen onsuspectcleared onthewire oomkilled open openafter openbefore opened openedat openingof openings opens
opensnodeportson opensoveripv4 openssl openthen operating operator ops option optional options orchestrator order
ordered orderof orderofreading orders org organization origin original osimage other otherfront otherhost othername
otherpolicy otherports otherprotocol otherreasons others otherscheme otherways otherwise out outbound outcome
outcomeof outcomes outdated outer outerblock outlast outlasts output outside over overdue overlaps overlay
overlaycniwithiptargets overloaded override overridesnodename overtcp overview overwrite overwrites own ownaddress
ownaddresses owndelayms owned owner ownerbybinding ownerbyroute ownerbyservice ownerless ownerof ownerreferences
owners ownersbykubernetes ownersbytags ownersbytargets ownport owns pace packet packetlossonnode packets
packetsandpath packipv4 packprefix padstart pair pairs panic parameters parse parseblock parsekey part partial
partition partly partner parts pass passage passages passed passes passing past pastof patch patchof path paths
patience patiencems pattern patterns pause paused pcx peer peerauthentication peered peering peers pending people per
percentage perform performance period periodseconds permanent permission permissions permissive person phase pick pid
pidpressure piece pipelines place placed placeholder placeof places plain plainsplit plaintextby plan planclientprobes
plancontrasts plane planned plannedprobe planner planothers planprobes planreconnects planrepeats plug plugin pluginof
plugins plus pod podarrival podarrivalsof podconfigerror podcrashloop podeniunresolvable podevictedornodepressure
podgroup podimagepullfailure podinitializing podinitorstartupstuck podipexhaustion podips podlivenesskillloop podlog
podlogs podof podoomkilled podports podprobeof podprobesat podprobesfor podprobesto podreadinessprobefailing pods
podsat podsbehind podscheduled podsecurity podselector podsgmissingnlbrule podsin podslabelled podsmadeby podsof
podson podspergroup podsrefuse podsubnetsof podunschedulable point points policies policieson policy policyengine
policyengineof policyport policyswitchstalehc policytypes pools pop port portname portof portrange ports portservedby
portsof portsperpod portstotry portwords position positionafter positive possible postgres pps ppsexceeded ppv2
ppv2breakshealthchecknodeport ppv2expectedbutnotsent ppv2hcrejectedbyapp practices predictedms prefix prefixes
prefixlength prefixlist prefixlistid prefixlists present preservation preserve preserved preserves preserving pressure
pressureon pressures pressuretaint prestop prevents previous primary primaryof print printable printf prints priority
private privatednsname privateip privateips privatelink privatelinkenforcement privileged probable probe probed
probedport probeof probeoutcome probepath probephase probeportin probepurpose prober proberequest proberesult probes
probesarrive probesfor probesof probesto probetimings probing problem problems proc process profile program programmed
programs progress progressdeadlineexceeded progressing projectcalico promise promised promisesnode proof property
protects protocol protocols prove proved proves provider providerid provisioning proxied proxiednode proxy
proxyannotation proxyof proxyon proxyprotocol proxyprotocolaskedfor proxyprotocolonesided proxyreplacementconflict
public publicaddress published publishnotreadyaddresses pull pulled purpose push put puts query question questionof
questions queue quic quickconnect quicserveridmissing quiet quiethours quota quotacode quotaname quotas quote quoted
quotes raise raised ran random range ranges rangesof ranout rare rate ratio reach reachability reachable reached
reaches read readanswer readboth readbuttonvalue readcloudprovidertags readiness readinessgates readinessgatestuck
readinessof readinesspath readinessprobe readinessrequest readinessrequestof reading readings readonly readonlymap
readonlyset reads readtags readthedocs ready readyaddresses readyendpoints readyendpointsnotregistered readyof
readyreplicas real reason reasonof reasons recalls receives recent recentend recheck recognise reconcile
reconciledstate reconcileerror reconcileerrors reconcileerrorsof reconciles reconcilestate reconciliation reconfigures
reconnect reconnectedtargets record recordrun records recovered recycle redirect redis reduce reduceright ref refer
reference referencedgroupid refers refresh refusal refusalof refusalon refusals refuse refused refuses regarding
regexp region register registered registers registertargets registrable registration registrationinprogress
registrations registrationseconds registrationunmanaged registry registryunavailable reject rejected rejects release
relevant rely remain remaining remainingms remediation remedies remedy remembered remindafterhours reminder remote
removal remove removed removes removing rename renamed renames renewed renewtime repair repeated repeatedly
repeatedtargets repeats repetition replace replaceall replaced replacement replacementof replacements
replacementsettings replaces replay replica replicas replicaset replicasetof repliedinplain replies reply replyports
report reported reportfilter reporting reportingcontroller reporton reports reqs request requested requestedaddress
requestlimitexceeded requestrefusal requests require required requires rescheduled reserved reset resets resolve
resolveafter resolved resolvedat resolvedsince resource resourcename resourcequotas resources responder response rest
restart restartcount restarted restarting restarts restartwindow restore restriction restricts result results retried
retries retrywindow return returns returntype reuse reverse revert reverts revision revoke revokesecuritygroupingress
reworded rewrites rewritten right rises risk risks riskwhenhealthy rocket role rolearn roles roll rolled rollout
rolloutinprogress rolloutof rollouts rolloutwithoutreadinessgates room roots round route routeendof router routes
routetable routetableid routetableof routetables routeto routeverdict routing row rule ruled ruledout ruleid
rulenumber rules ruleset rulesfor rulespersecuritygrouplimitexceeded run runcontainererror runcost runid running
runpowershellscript runs runscontroller runskubeproxy runskubeproxyasprocess runsummary runverdict said same sample
sandbox satisfies saturated saturation save saved saw say saylost sayopen sayopeneverywhere says scale scaled scaledas
scaledtozeroby scaler scales scaling scenarios scene schedule scheduled scheduler scheduling schemaversion scheme
scope scopeof screened screenprobes script sec second secondary seconds secondssince secondssincerenewal
secondstosettle secret secrets security securitycontext securitygroup securitygrouphops securitygroupid
securitygroupids securitygrouppolicies securitygrouppolicy securitygrouprule securitygroups securitygroupsbytarget
securitygroupsverdict securitygroupverdict sed see seen seengroups sees select selected selecting selection selector
selectorleftbehindbyrollout selectors selects self send sends sent sentat sentport separate separately serve served
servedby servedstate servedstates server servers serves serveshealthchecks service serviceaccount serviceaccounts
servicelink serviceof serviceoffinding serviceport serviceportof serviceproxyhealthy serviceproxyon serviceref
services serving servingnow set sets setting settingannotations settingof settings settled settledendpoints settling
setup setupof setups several severities severity severityof sgclustertagambiguous sgp sgpstrictwithinstancelocal
sgruleremovedbyothermanager sgrulesquotaexceeded sgtargetmissinghealthcheckrule share shared sharedlists
sharedprobeport sharedtargetgroupconflict sharedtrait sharedtraits shares shell shellword shellwords shift shifted
shifts short shortage shorten shorter shortfix should show shown shows shut shuts shutting sibling siblings side
sideat sidecar sided sideof sides sight sightedin sighting sightings sightingsof sign sigs silence silencesof silent
silently similar simulate simulation since single situation size skip skipped skips slackbuttons slash slashat slice
slicename sliceoptions slices slight slow slowly slows small smtp sockets some somebody someone something sometimes
somewhere soon sorted source sourcerangesexcludelbnodes sourcerangesof sources sourcesof span spans spansof speaking
speaks speaksother spec specific split splitclusters splits splitsof spoken spoketls sport spread ssl ssm stable stack
stage stages stale stalepolicy staletargetsnotderegistered standard standing standingin stands start started startedat
starterror starting startreplay starts startseconds startswith startsword starttime startup startupprobe
startupseconds state statefulset statement stateof statereason states status statuses statusesof stay staying stays
stdin steady steadystate steadystates step steps stepsof stepswithoutowner still stillassumed stillknown stop stopped
stopping stops stores story stranded strangers strategic strict string stringify stuck stuckgate stuckgates stuckinit
stucksettings stuckstartup stunted subject subjectof subjectofline subjects subjectsof subnet subnetaddress
subnetdiscoveryfailed subnetid subnetids subnetnotfound subnets subnetsof subnetswith succeed succeeded succeeds
success successcodes successes successesof successful successfulcreate successfullyreconciled such suffers suggestion
suggests suitable sum summarize summarizeincidents summary summaryabove summarycause summaryline summarylines
summarystate summaryupdate support supported supports sure sureness surroundings survey surveymemory surveyms suspect
suspected suspects suspectsin svc svcselectormatchesnopods switch switched switches symptom symptomof symptoms syn
sync syncloadbalancerfailed sys sysadmin sysctl sysctls system table tables tag tagged taggedfor taggedowner tagin
tags tail taint taints take taken takenat taker takes takesnodedown tally target targetdraining targetgroup
targetgrouparn targetgrouparns targetgroupattributes targetgroupbinding targetgroupbindings targetgroupconfiguration
targetgroupcontext targetgroupname targetgroupnotattached targetgroupoption targetgroupoptions targetgroups
targetgroupsof targethealth targetid targetids targetinterface targetipbelongstoaloadbalancer targetkey targetkind
targetnodelabelsselectnothing targetnotsupportedbynlb targetof targetorlistenerquota targetport targetportin targetref
targets targetsbehindpods targetsof targetspergroup targetsservedonlyby targetstate targetsubnet targettype tasks tcp
tcpsocket team teamlabel teams tell telling tells template ten term terminate terminated terminates terminating
termination terraform test text tgb tgbbackendreferencebroken tgbnetworkingmissing than that thatshow the their them
themselves then there therefore these they this those though three threshold thresholds throttl throttle throttled
throttles throttling throttlingexception through tier tierof tiers tierverdict tigera tight time timedout timeout
timeoutms timeoutname timeouts timeoutseconds times timetable timezone timings title titlefacts titleof tls tls13
tlsendedtwice tlslistenertoclosedbackend tlsms tlsv1 tlsverdict tobedeletedbyclusterautoscaler today tofixed together
toisostring told toldat tolerate tolerations tolowercase too tool toolkit toolong tools toomany toomanylisteners
toomanyregistrationsfortargetid toomanyrequests toomanyrequestsexception toomanytargetgroups toomanytargets top
topology toport toreversed tosorted tostring total totalms touppercase towards tracked tracking traffic
trafficdistribution trafficpolicy trafficprobeof trafficworks trait traits traitsof transcribe transcript transcripts
transit transition transitionsof transitionsofopen translates transparent treats tried tries triesof triggeredscaleup
triggers trim troubleshooting true truncate truncated trust trusted trusts try tty turn turned turns tutorials twenty
twice two type typeof types u0000 ubnet udp ufw uid ultiple unallocated unanswered unauthorizedoperation unavailable
unbound unclear unconnected uncovered undecided undecidedbyclients undefined under understand understands understood
undo undoes unexpectedadmissionerror unexpectedrejectrule unexplained unhealthy unhealthydrainingbydesign
unhealthyhostcount unhealthythreshold unheard uniform unknown unknownat unknownbefore unless unlesspaired unmanaged
unmarked unnamed unownedgap unplannedprobes unprobed unreachable unread unreadable unreadableannotation unready
unresolvable unresolvableport unresolved unroutable unschedulable unsent unserved unset unsupported unsure untagged
until untold untruncated unused update updatedloadbalancer updatedreplicas updateloadbalancerfailed updates upgrade
upgrades urgent urls usage usd use used usedfrom useof user userguide useridgrouppairs username uses usual usualclass
usually uvicorn v1alpha1 valid validatingwebhookconfigurations value valuefrom values valuesof vantage var variable
variableof verb verbose verdict verdictat verdictofrules verdicts verdictson verify version versions via victims view
viewof violates virtual visible void volume volumes vpc vpccniof vpce vpcid vpcids vpcs wait waited waitedms waiting
waits waitsfortarget wakesup wanted wantedport wanting wants wantsmoretags wantsopen was washealthy wasmade
wasoutofmemory wasprobed watch watches way ways waysof waysto waytotarget weakest web webhook webhooks webidentityerr
week weekly weight weights weightsof well were what whatever whatisbroken when where whether which while who whoever
whoisserved whole wholesubnet whom whose why wide widened widest window windows wireprotocolsof with withaliketargets
withcluster withheld withhistory withhost withid within withinlength withinminutes withlastverdicts withmanager
withmemory withnewgroup witholder without withsettings withsightings withteams withunsent withzoneevidence witness
word words work workers working workload workloadbehind workloadkey workloadof workloadpodsrefused workloads
workloadsbehind workloadsbeside workloadscaledtozero workloadscarrying works world worse worst worstof worthtelling
would wouldpasswith wrap wrapped write writebuttonvalue writer writes writing written writtenbycontroller wrong
wrongcontrollerinstanceinsteadofip wrongly wrongverdicts wrote x01000193 x03 x15 x20 x21 x7e x811c9dc5 xargs yaml yes
yet you young younger youngestgood your yourself youth zero zonal zonalshiftactive zone zoneevidence zonehealth
zonelabel zoneof zones zonesemptied zonesof
`
  .trim()
  .split(/\s+/);
