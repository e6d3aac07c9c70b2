/** Every word of the code of core, in lower case; written by `npm run docs`. */
export const knownWords: readonly string[] = `
able about above absence absent accept accepted accepts access accessdenied accident account acl acldenial aclid
aclruling acls action actionof actions active acts add added additional addon addons addonversion addonversions addr
address addresses addressesof addressof addressrefusal addresstype adds administrative admission admit admits admitted
admitting admittingrule advance advanced affected affectedby affectedbyended affinity after afterchanges afternews
afterwards again against age agent agents ago ahead alarm alarming alarms alb alert alike alive all allfacts allocate
allocated allocateloadbalancernodeports allocates allocating allocation allofipv4 allow allowance allowances allowed
allows alone alpha already also alternate although altogether always amazon amazonaws amazonecr amazonlinux ambiguous
among amount amqps analyses analysis analyzer and anew annotate annotated annotation annotationof annotations announce
announcements another answer answered answering answerof answers answerswell antrea any anybody anything anyway
anywhere apart api apicalls apireference apiversion app appboundtoloopback appear appears apperrorstatus
appipfamilymismatch application applications applied applies apply appprotocol apps appsaturated arc architecture are
arg args argumentsof arn arnof arns around array arrival arrivals arrivalsat arrive arrives ascidr ask asked
askedother askedport asking asks asksforcertificate asksforheader asksformoretags askshealthserver askskubeproxy
asksthesame asleep aspnetcore assemble assess assessment assessoptions assign association assumed asymmetric
atendpoints atnode atnodeport atpod attached attachment attempt attempts attribute attributekey attributes
attributevalue audit audited auditor auth authenticationmode authn authorize authorized authorizesecuritygroupingress
authz auto automode automodeloadbalancing automodenodesgpermission automodeunsupportedannotation autoscaler
autoscalers autoscaling autoshift availability availabilityzone available availableipaddresscount availableips
availablereplicas awaited away awk aws awsec2 back backend backendnotfound backendoftags backoffreset bad badanswer
balancer balancerof balancers balancing balert bandwidth bandwidthinexceeded bandwidthoutexceeded bare barred
barredprobes base baseline became because become becomes becoming been before begin beginning beginningsof begins
behind behindnode being belong belongs below beside besides best beta better between beyond bigint bin binary bind
binding bindingbyarn bindingnamespace bindings bindingsof binds bits black blackhole blame blind blob block blocked
blocks blocksof blue board boardnews body boolean both bound boundarn boundary boundname branch branched
branchinterfaceof break breaks bring brings broken broker browsers bucket bug bugs build busiest busiestday busy but
buttonvalue byannotation byarn bydefault byfingerprint bygroup bykey byname bynews byo byonlbsgwithoutbackendrules
byplace bystage bytarget bytes bytesverdict bytransition byweight cached calico call called caller callers calling
calls calm came can canal candidate candidates cannot capacity capture care carriedby carries carry case cases casesof
catalogue catch catching cause cc1 cc2 ceil cert certain certainty certificate certificateauthority cfg cg1 cg2 chain
chainof chainzone change changed changedat changedsincehealthy changes changessince changing channel character
characters charcodeat charge charged cheaper check checkdefinition checked checkedportof checkmetadata checkpoint
checks checksof checksum choice chosen chroot cidr cidrblock cidrip cidripv4 cidripv6 cidrs cilium claimable
claimantof claimed claims clash class classesof clean clear client clientanswer clients clip closed cloud
cloudprovidername cloudprovidernameof cloudtrail cloudwatch cluster clusterip clusterof clusteroftags clusters
clustersecuritygroupid clustersof cni cninodeportsupportdisabled cnisetting cocauses code codepointat codes columns
com come comes command common compare compares comparetext complains complaint complaints complaintsof complete
compute computetype conceals concealssome concepts concerned concerning conclude conclusion conclusions condition
conditionof conditions conf confidence confidenceof confidences config configmap configmaps configuration
configurations configure configured confirm confirmed confirms conflict conflicts connect connected connecting
connection connections connectms connects connecttimeout conntrack conntrackexceeded conntrackexceededkernel
conntrackorenaallowanceexhausted consequence const consul container containercannotrun containercreating
containernotlisteningontargetport containerof containerport containers containersready containerstate containerstatus
containerstatuses contains context continue contrasts control controller controllerbuildordeployfailed
controllerdeployment controlleriamdenied controllernamespace controllernotrunningorstuck controllerof controllers
controllersof controllerthrottled controllerversion controllerwebhookunavailable conventions copy cordon cordoned
correct corrected cost costof could count counted counters countof counts cover coverage covered coveredvpcids
covering coveringrules coverof covers cpu cpulimit cr1 crash crashes crashing crashloop crashloopbackoff create
createcontainer createcontainerconfigerror createcontainererror created createdat createtargetgroup creationtimestamp
credentials critical cross crossed crosszone cs1 culprit curl current currenttime custom customdomain cut daemonset
daemonsetname daemonsetof daemonsets daily danger dashboards data database datagrams dataplane date dates
datetimeformat day days daysbetween dbg dead deadline deaf debug decide decidedby decides decisive declare declared
declares declines default defaultdelay defaultlifecycle defaultnoise defaults defaultsfor define defineproperty
definition delay delays delegated delegation delete deleted deletion deletiontimestamp demand demands demux denial
denials denied denies deny departure departureof depend dependencies dependency depends deploy deployment deployments
deregister deregistered deregisters deregistertargets deregistration deregistrationinprogress derived describe
described describeinstances describelistener describeloadbalancer describenetworkinterfaces describetargetgroups
describetargethealth describevpcs description descriptionof desertion desertionof design desired destination detach
detail details deviations device deviceindex devices dhcp dhcpoptions dhcpoptionsid diagnose diagnoses diagnosis dial
did differ difference differences different differently differs digest digestedat digit digits direct direction
directly disable disabled disappears discovery disk diskpressure disrupted disruption disruptiontarget distinct
disturbed divides dns dnsname docs document documentation does doesnotexist domain domainname domainnameservers doors
dot dots doubt down downscaler drain draining drains drift drifted drop dropped dropping drops dual dualstack dump
durationms during ea8095f each earlier earliest early easily east ec2 ecr edit effect egress eight eigw either eks
elastic elasticloadbalancing elb elbinternalerror elbv2 eligible eligiblenodes elimination else elsewhere emptied
empty emptydir emptymemory emptyslices emptyzone emptyzoneafterminutes emptyzones ena enable enabled enablehealthcheck
encapsulates encrypted end endat ended endedat ending endings endof endpoint endpointprivateaccess
endpointpublicaccess endpoints endpointslice endpointsliceportnamemismatch endpointslices endpointslicesof endpointsof
endport ends endsof endswith enetunreach enforces enforcing engine engineamong eni eniconfig eniconfigs
eniconfigsgblocksnlb eniid enis enough ensuredloadbalancer enters entries entriesof entry env environment envoy
episode episodeof episodes equal errimage errimageneverpull errimagepull error errorcode errors ess estimatedusd eth0
ethtool etp etplocalnolocalpod etplocalnoreadyendpointanywhere etplocalonlyterminatingendpoints evaluate even event
eventname events eventsabout eventsaround eventsofnode eventtime ever every everybodymuted everytarget everything
everywhere evicted eviction evicts evidence evidencefor exactly examine example exceed exceeded exceeds except exclude
excluded excludeinboundports excluding exclusionlabels exclusionof excused exec exemption exemptionof exemptions
exhausted exhaustion exist existing exists exit exitcode expandedroutes expect expected expectedcheck
expectedhealthcheck expectedsetting expired expiredevidence expires explained explains explanationcode explanations
export extends extensible external externaltrafficpolicy extra facing facts fail failed failedattachvolume
failedbuildmodel failedcreate failedcreatepodsandbox faileddeploymodel failedmount failednetworkreconcile
failedownwebhook failedreconcile failedtostartservicehealthcheck failing fails failure failures failurethreshold falls
false families family faq far fare fargate fargatewithinstancetargets fault faultstocome fd00 fe80 fellows few
fewaddresses fewer fewest ff00 field fieldpath fieldref fields file filename fill filled filling fills filter
filtering filterreport filters filtersof finalizer find findevents findindex finding findings finds fine fingerprint
finishedat finishes firewall firewalld first firstbytems firstbytes firstevidence firsts firstseen firstseenat fit
fits fitted fitting fix fixed flag flap flapping flappingsince flask flat flatmap floor flow follow followed
followopen follows for foreign foreignbinding foreignbindings format formataddress former forth forward forwarded
forwarding forwards found four free freenumber freeze fresh from fromentries fromport front fronted frontend
frontendnlbalbtargetunhealthy fulfils full fullest function further gap gapkind gapof gapreason gaps gapsaround
gapscope gate gated gateofbinding gates gatestate gateway gatewayoftags gateways gatewaystack gave gaveup gbsecond
gbseconds generation generations generic generosity get gets gist github give given gives goes going gone good got
governed grace graded gradedchecks grades grant grants green grep grew grievance grievanceof group groupby
groupforrule grouphealth groupid groupids groupof groups groupsin groupsof groupsruling groupsummary growing grpc
guards guide gwy h23 h2c had half halves hand handler hands handshake hang hanging hangs hangsup happen happens harm
has hasaddress hasbegun hasended hasfailed hash hashealthy hashicorp hasipv4 haskubeproxypods haslostcluster
hasnoprovider hasopenport hasownnetwork hasserverid have hcannotationinvalid hcendpointrequiresauthorclientcert
hchostheaderrejected hchttponnonhttpserver hchttpstls13only hcliveconfigdrift hcmeshmtlsorsidecarintercept
hcnamedportunresolvable hcpathwrongstatus hcportwrong hcprotocoltlsmismatch hcsettingnothonouredbycontroller
hcsuccesscodesmismatch hctcpoverrideunderlocal hcthresholdstootight hctimeouttooshort hcudpwithouttcpresponder head
header headers health healthchanges healthcheck healthcheckannotation healthchecknodeport
healthchecknodeportnotlistening healthchecknodeports healthcheckport healthcheckprotocol healthoftargets healthy
healthyhostcount healthyimages healthythreshold healthz healthzport held helm here hi1 hiccup hiccups hidden
hiddencauses hide hides hidesall hidescluster hidessome hidestarget hidestargetgroups hiding high hint hinted history
hold holddownminutes holder holderidentity holdersof holds hole holes hollow honoured honours hopeless host
hostfirewallorkernelsetting hostheader hostname hostnameof hostnameoverride hostnamesof hostnametype hostnetwork
hostport hosts hour hourcycle hours hourssilent how however hpa hs1 html http http2 httpcode httpget https hung hybrid
iam identity idle idof ids ignore ignored ignores ignoresproxyprotocol igw image imageid imageof imagepullbackoff
images impaired import improbable imul inbound inboundweight incident incidentkeyof incidentnews incidents include
included includes increase index indexby indexed indexfacts indexinventory indexof inferred infinity info
informational ing ingress ingressannotation ingresses inhibition inhibitorof init initcontainers initcontainerstatuses
initial initialdelayseconds initialhealthchecking initialized initpatience inject injected injects inline innamespace
inner innerblock inorder inpod inside insights install installation installed instance instancegone instanceid
instancenotrunning instanceof instances instancesof instead insufficient insufficientcidrblocks
insufficientfreeaddressesinsubnet integer intended intendedemptyorbluegreen intercept interface interfaceat
interfaceof interfaces interfacesof interfaceswith interfacetype internal internalerror internalip internalips
internaltrafficpolicy internet interval intervalname intervalseconds intime intl into invalid invalidannotation
invalidhealthcheckannotation invalidhealthcheckannotations invalidimagename invalidstate invalidsubnet invalidtarget
inventory involvedobject ipaddresstype ipblock ipfamilies ipfamily ipfamilymismatchlbvstarget ipprotocol ipranges ips
iptables iptargetunroutableoroutsidevpc ipunusable ipv4 ipv4setting ipv6 ipv6address ipv6addresses ipv6cidr ipv6cidrs
ipv6ranges isaboutmissing isaboutnodes isaboutrules isactive isadmitted isagain isallowedwhole isalone isamong
isanswered isany isasked isaskedofkubeproxy isaway isbad isbare isblackhole isbound isbroken ischosen isclash isclear
iscomplete iscrashing iscrashingat iscrossed isdark isdead isdeaf isdecidedby isdeclared isdefault isdigestdue isdown
isdry isdue isempty isexternal isfamiliar isfargatenode isfirst isforeign isforwarded isforwardedwell isfound
isgatedhere isgone isgood isguarded ishandmade isheard isheldback ishere ishidden ishopeless ishostvalue ishttp
ishttps ishungup ishybridnode isidle isin isindexed isinitialized isinstance isinteger isintheway isipv6 iskilled
isknownunready iskubeproxy isleaving isleftout islist islive islocal islongso islookedat ismany ismeant ismeshed
ismixed isnamed isneeded isnew isnews isnodeport isnodeready isnothingjudged isnothingseen isofcluster isofdeployment
isoldenough isolder ison isoneniconfiginterface isopen isopening isoutside isover isown ispassed ispassing ispast
ispastservice ispeered ispodport ispodready isport isprobed isproved isprovenbyhealthcheck isquiet isquietat isrange
isreached isread isready isrefused isreplaced isrequesttarget isreset isrisk isruledout isrulemaker isrunning
isrunwith issame isseen isselectedby isserved isserving issettled isshared issilence issilent issound isstarting
issteady isstranded isstuck issuccesscodes issues issure issuspected istarget istelling isthere istight istimeout
istio istold isuncovered isunhealthy isunmanaged isunschedulable isunwell isupagain isvalid iswanted iswell iswhole
iswholly iswindowsnode iswithin iswithoutimage iswrong isyoung item items its itself jobs join joined joining json
jsonpath judge judged judgement judgements judging judgingrules just k8s kafka karpenter keda
kedascaletargetdeactivated keep keeps kept keptcovers kernel key keyed keyof keys keysof kill killed killing kills
kind kindandname kindof kinds kindsof kindsofgaps know known knownat knownhost knows kube kubectl kubelet
kubeletversion kubeproxies kubeproxy kubeproxyconfiguration kubeproxydaemonset kubeproxydown kubeproxyhealth
kubeproxynodenamemismatch kubeproxypodon kubeproxyreplacement kubeproxyreportsunhealthy kubernetes kubernetesclaims
kubernetesslices kubernetesversion kuma label labelkey labelled labels labelselector labelsfor labelsof lack lacking
lackingrule lacks lackskubeproxy lag lagneeds lagof lags lagsof lagsofservice lagwants lambda lambdaprices larger last
lasting lastpodsat lastrule lastrun lasts lastseen lastseenat lastseenminutes laststate lastsuccess lasttime
lasttransitiontime lastupdated late latency latent later latest launched launchedat lbaznotenabledfortarget lbc
lbsubnetorenibroken ldap lead leader leaderless leads leak learn learns lease leasedurationseconds leases least leave
leaves leaving left leftat leftbehind legacy legal length lengths less let lets lib lies lifecycle lifecyclerules like
likelier likelihood likeness limit limited limitexceeded limits line lineof lines linger link linked linkerd
linklocalexceeded linkof linkreport links linux list listed listen listener listeners listenersof
listenersperloadbalancer listening listens lists little live liveness livenessprobe liveprotocol lives load
loadbalancer loadbalancerarn loadbalancerarns loadbalancerclass loadbalancerinterface loadbalancerinterfaces
loadbalancername loadbalancernode loadbalancernotactive loadbalancers loadbalancersourceranges loadbalancerstate local
localendpoints locales localhost location lock log login logs long longer longest longesttarget longesttext
longesttitle look looked looks lookup loop loopback loopbacksetting lose loses lost loudest low lower ltnp luck
lurking machine made main major make makerof makes making malformed manage managed managedfields manager manages
managesbackendrules managing manifest manifests many map mapvalues mark marked marks master match matchall matcher
matches matchexpressions matching matchlabels math matter max maxtlsversion may maybekubeproxy maywantproxyprotocol
mean means meant meanwhile mechanism mechanisms medium meet meets member members memo memory memorylimit memorymb
memorypressure mend mending mends mere merge mesh meshproxyof message messagefor messageof messages met metadata
metrics min mind minor minreadyseconds minute minutes minutesbetween mirror mirrored mismatch misses missesnode
missing missingneeds missingrule missingrules missingrulesof missingtargetsof mixed mode model modes modify
modifytargetgroup module modules moment moments momentsof mongo monitoring more moreservices most mostanswers
mostevidence mostexpired mostlines mostly mostnamed mostnames mostoffenders mostpast mostrules mostservices
mosttranscripts mosttrusted mount mounts move moved moves mqtt mtls multi multicast multicluster
multiclustertargetgroup multiple must mute muted mutedby mutehours muteof mutes mutual mysql nacl
naclblockshealthcheck name named namedtargetportnotfound nameinarn namekey nameof names namespace namespaceof
namespaces namespaceselector narrow narrowed narrows nat native near nearest nearestof nearmisses need needed needs
needscause needsone neither net netfilter network networkacl networkaclentry networkacls networking
networkinsightsanalyses networkinsightspath networkinsightspathid networkinterface networkinterfaceid
networkinterfaces networkpathfound networkpolicies networkpolicy networkpolicyblockshealthcheck networkpolicypeer
networkpolicystrictmode networks networksysctl never neverprobed neverstarted new newer newest newlyhealthy
newnodewindow newreplicasetavailable news newsof newsseconds next nextevidence nft nftables nginx night nine nitro nlb
nlbsgegressblockshealthcheck noaddress nobody nobodyserved nocontrollerownsservice node nodeagent nodebehind
nodebeingremoved nodecauses nodechoice nodechoiceof nodeexcludedbylabel nodegroup nodemultieniasymmetricpath nodename
nodenameof nodenotready nodeof nodeofendpoint nodeofpod nodepath nodepathsof nodeport nodeportaddresses
nodeportaddressesexcludeprimaryip nodeportchangedstaletargetgroup nodeportnotallocated nodeportrulesnotprogrammed
nodeports nodeportsof nodes nodesamong nodesbehind nodeselector nodeshutdown nodesof nodetonodesgblockspodport noise
noiserules nominated non none nor normal not note noted notes nothealthy nothing nothingomitted notice notification
notin notinuse notready now nowhere null number numbers obeys object objectmeta objects observation octet octets off
offamily offenders offendersof offered ofpods oftarget often old older oldest oldtls omit omitted once one ones
onfargate only onnodes oomkilled open openafter openbefore opened openedat openingof openings opens opensnodeportson
opensoveripv4 openssl openthen operating operator ops option options order organization origin original osimage other
otherfront otherhost othername otherports otherprotocol otherreasons others otherscheme otherways otherwise out
outbound outcome outcomes outer outerblock outlast outlasts output outside over overdue overlaps overlay
overlaycniwithiptargets override overridesnodename overtcp overwrite overwrites owed own ownaddress ownaddresses owned
owner ownerbybinding ownerbyroute ownerbyservice ownerless ownerof ownerreferences owners ownersbykubernetes
ownersbytags ownersbytargets ownport owns packet packets packipv4 packprefix padstart pair pairlists pairs parameters
parse parseblock part partial partition partly partner parts pass passage passages passed passes passing past pastof
patch patchof path paths patience patiencems pattern patterns pause pcx peer peerauthentication peered peering peers
pending people per perform performance period periodseconds permission permissions permissive person phase pick picks
pid pidpressure piece pipelines place placed placeof places plain plan planclientprobes plancontrasts plane planned
plannedprobe planner planprobes planrepeats plays plug plugins plus pod podarrival podarrivalsof podconfigerror
podcrashloop podeniunresolvable podevictedornodepressure podgroup podimagepullfailure podinitializing
podinitorstartupstuck podipexhaustion podips podlivenesskillloop podlog podlogs podof podoomkilled podports podprobeof
podprobesat podprobesfor podprobesto podreadinessprobefailing pods podsat podsbehind podscheduled podselector
podsgmissingnlbrule podsin podsmadeby podsof podson podspergroup podsrefuse podsubnetsof podunschedulable point points
policies policieson policy policyengine policyengineof policyport policyswitchstalehc policytypes pools pop port
portname portof portrange ports portservedby portsof portsperpod portstotry portwords position positive possible
postgres pps ppsexceeded ppv2 ppv2breakshealthchecknodeport ppv2expectedbutnotsent ppv2hcrejectedbyapp prefix prefixes
prefixlength prefixlist prefixlistid prefixlists present preservation preserve preserved preserves preserving pressure
pressureon pressures pressuretaint prestop previous primary primaryof print printf private privatednsname privateip
privateips privileged probable probe probed probedport probeof probeoutcome probephase probeportin probepurpose prober
proberequest probes probesarrive probesfor probesof probesto probetimings problems process profile programmed programs
progress progressdeadlineexceeded progressing promise promised promisesnode proof protocol proved proves provider
providerid provisioning proxiednode proxy proxyannotation proxyprotocol proxyreplacementconflict public published
publishnotreadyaddresses pull pulled purpose push put puts puttosleep quarrel quarters query question questionof
questions queue quic quickconnect quicserveridmissing quiethours quota quotacode quotaname quotas quoted raise raised
random range ranges rangesof rare rate reach reachability reachable reached reaches read readboth readbuttonvalue
readcloudprovidertags readiness readinessgates readinessgatestuck readinessof readinesspath readinessprobe readonly
readonlyset reads readtags ready readyaddresses readyendpoints readyendpointsnotregistered readyof readyreplicas
reason reasons recent recentend recheck recognise reconcile reconciliation record recordrun records recover recovered
recycle redirect redis reduce refer reference referencedgroupid refers refresh refusal refusalof refusalon refusals
refuse refused refuses refusing regarding regexp region register registered registers registertargets registrable
registration registrationinprogress registrations registrationseconds registry registryunavailable reject rejected
rejects relevant remain remediation remedy remembered remindafterhours reminder remove removed removes rename renamed
render renewed renewtime repeated repeatedtargets repeats replace replaceall replaced replacement replacements
replacementsettings replaces replica replicas replicaset repliedinplain replies reply replyports report reported
reportfilter reporting reportingcontroller reports reqs request requested requestedaddress requestlimitexceeded
requestrefusal requests require required requires reset resets resolve resolveafter resolved resolvedat resolvedsince
resource resourcename resources responder response rest restart restartcount restarted restarting restarts
restartwindow restore restriction result results retold retried retrywindow return reuse reverse revert revision
revokesecuritygroupingress rewrites right rightly rights rings rises risk risks riskwhenhealthy rocket role rolearn
roles roll rolled rollout rolloutinprogress rolloutof rollouts rolls room roots round route routeendof routes
routetable routetableid routetableof routetables routeto routing row rule ruled ruledout rulenumber rules ruleset
rulesfor rulespersecuritygrouplimitexceeded ruling rulingby rulingof rulingofacls rulingofpolicies rulings rulingson
run runcontainererror runcost runid running runs runscontroller runskubeproxy runskubeproxyasprocess runsummary
runverdict said same sandbox satisfies saturated saturation save saved saw say saychoice saycomplaint saycontrast
saydeviation sayempty sayfilter sayhealthcheck saylabels saymissing sayname saynodes sayports sayprobe sayreadiness
sayregistered sayrequest sayrule says sayunreadable scale scaled scaledas scaler scaling scenarios scene schedule
scheduled scheduler scheduling schemaversion scheme scope scopeof screened screenprobes script sec second secondary
seconds secondssince secondssincerenewal secondstosettle secret security securitygates securitygroup securitygroupids
securitygrouppolicies securitygrouppolicy securitygrouprule securitygroups securitygroupsbytarget sed see seen
seengroups sees select selected selecting selection selector selectors selects send sender sends sent sentat serve
served servedby servedstate servedstates server servers serves service serviceaccount servicelink serviceof
serviceoffinding serviceport serviceportof serviceproxyhealthy serviceref services serving set sets setting
settingannotations settingof settings settingselsewhere settled settling setup setupof setups setupsof several
severities severity severityof sgclustertagambiguous sgp sgpstrictwithinstancelocal sgruleremovedbyothermanager
sgrulesquotaexceeded sgtargetmissinghealthcheckrule share shared sharedlists sharedprobeport sharedtargetgroupconflict
shares shell shellword shift shifted shifts short shortage shorten shorter should show shown shows shut shuts shutting
side sideat sidecar sideof sides sight sighting sign signsoflag signsofwrongsettings sigs silence silencesof silent
silently simulate simulation since sincehealthy single sit situation size skip skips slackbuttons slash slashat sleep
sleeps slice slicename slices slight slow slowly slows small smtp sockets some somebody something soon sorted sound
source sourcerangesexcludelbnodes sourcerangesof sources sourcesof span spans spansof speak speaking speaks
speaksother spec specific split spoken spoketls sport spread stable stack stage stages stale stalepolicy
staletargetsnotderegistered stand standard standing standingin stands start started startedat starterror starting
starts startseconds startswith starttime startup startupprobe startupseconds state statefulset statement stateof
statereason states status statuses statusesof stay staying stays stdin steady steadystates step steps
stepswithoutowner still stillassumed stopped stopping stops stores story stranded strangers strategic strict stricter
string stringify stuck stuckgate stuckgates stuckinit stucksettings stuckstartup stunted subject subjectof
subjectofline subjects subjectsof subnet subnetdiscoveryfailed subnetid subnetids subnetnotfound subnets subnetsof
subnetswith succeed succeeded succeeds success successcodes successes successesof successful successfullyreconciled
successor successors such suffer sufferers suffers suggestion suggests suitable sum summarize summarizeincidents
summary summaryabove summaryline summarylines support supported supports sure sureness surroundings suspected suspects
suspectsin svc svcselectormatchesnopods swallow switch switched switches symptom syn sync syncloadbalancerfailed
sysadmin sysctl sysctls system table tables tag tagged taggedfor tags tail taint taints take taken takenat taker takes
tally target targetdraining targetgroup targetgrouparn targetgrouparns targetgroupattributes targetgroupbinding
targetgroupbindings targetgroupconfiguration targetgroupname targetgroupnotattached targetgroupoption targetgroups
targethealth targetid targetids targetinterface targetipbelongstoaloadbalancer targetkey targetnodelabelsselectnothing
targetnotsupportedbynlb targetof targetorlistenerquota targetport targetportin targetref targets targetsof
targetspergroup targetstate targetsubnet targettype tasks tcp tcpsocket team teamlabel teams tell telling tells
template ten terminated terminates terminating termination terraform test text tgb tgbbackendreferencebroken
tgbnetworkingmissing than that thatshow the their theirs them themselves then there therefore these they things this
those though three threshold thresholds throttl throttle throttled throttles throttling throttlingexception through
throughall tight time timeline timeout timeoutms timeoutname timeoutseconds times timezone timings title titleof tls
tls13 tlslistenertoclosedbackend tlsms tlsv1 tlsverdict tobedeletedbyclusterautoscaler today tofixed together
toisostring told toldat tolerate tolerations tolowercase too took tool tools toomany toomanylisteners
toomanyregistrationsfortargetid toomanytargetgroups toomanytargets top topology toport toreversed tosorted tostring
total totalms touches touppercase tracked traffic trafficpolicy trafficworks transcribe transcript transcripts transit
transition translates transparent treats tries triggeredscaleup trim trouble troubleshooting true truncate trust
trusted trusts try tty turn turned turns tutorials twenty two type typeof types u0000 ubnet udp ufw uid ultiple
unallocated unauthorizedoperation unavailable unclear unconnected uncovered undecided undefined under understand
understood undo undone unexpectedadmissionerror unexpectedrejectrule unexplained unexplainednext unhealthy
unhealthydrainingbydesign unhealthyhostcount unhealthythreshold unheard unhonoured uniform unknown unknownbefore
unless unlesspaired unmanaged unmarked unnamed unownedgap unplannedprobes unreachable unread unreadableannotation
unresolvable unresolvableport unresolved unroutable unschedulable unsent unserved unset unsupported unsure until
unused update updatedloadbalancer updatedreplicas updateloadbalancerfailed updates upgrade urls usd use used useof
user userguide useridgrouppairs username uses usualclass usually uvicorn v1alpha1 valid value valuefrom values vanish
vantage var variable variableof verb verbose verdict verdictat verdicts verify version versions via victims view
viewof virtual visible void volume volumes vpc vpccniof vpce vpcid vpcids vpcs wait waited waitedms waiting waits want
wanted wants wantsmoretags wantsopen was wasmade wasoutofmemory watch way waybetween wayofprobe ways waysof waysto
waytotarget waywithin weakest web webhook webhooks webidentityerr week weekly weighs weight weights weightsof well
were what whatever whatisbroken when where wherever whether which whichever while who whoever whoisserved whole
wholedigest wholesubnet whose why wide widen widened widest will window windows with withcluster withhistory withhost
withid within withinminutes withmemory witholder without withsettings withteams withunsent word words work workers
working workload workloadbehind workloadkey workloadof workloads workloadsbehind workloadsbeside workloadscaledtozero
workloadscarrying works worse worstof worthtelling would wouldmend wrap wrapped write writebuttonvalue writes writing
written writtenbycontroller wrong wrongcontrollerinstanceinsteadofip wrongly wrongverdicts wrote x01000193 x03 x15 x21
x7e x811c9dc5 yaml yet you young younger your yours yourself zero zonal zonalshiftactive zone zoneof zones
zonesemptied zonesof
`
  .trim()
  .split(/\s+/);
