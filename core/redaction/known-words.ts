/** Every word of the code of core, in lower case; written by `npm run docs`. */
export const knownWords: readonly string[] = `
able about aboutnodes above absence absent accept accepted accepts access accessdenied accident account acl acldenial
aclid acls action actionof actions active acts add added additional addon addons addonversion addonversions addr
address addresses addressesof addressof addressrefusal addresstype adds administrative admission admit admits admitted
admitting admittingrule advanced affected affectedby affectedbyended affinity after afterchanges afternews afterwards
again against age agent agents ageof ago ahead alarm alarming alarms alb alert alike alive all allfacts allocate
allocated allocateloadbalancernodeports allocates allocating allocation allofipv4 allow allowance allowances allowed
allows alone alpha already also alternate although altogether always amazon amazonaws amazonecr amazonlinux ambiguous
ami among amount amqps analyses analysis analyzer and anew annotate annotated annotation annotationof annotations
announce announcements another answer answered answering answerof answers answerswell antrea any anybody anything
anyway anywhere apart api apicalls apireference apiversion app appboundtoloopback appear appears apperrorstatus
appipfamilymismatch application applications applied applies apply appprotocol apps appsaturated arc architecture are
aregroupshidden arg argo argoproj args argument argumentsof arn arnof arns around array arrival arrivals arrivalsat
arrive arrives ascidr ascii ask asked askedother askedport asking asks asksforcertificate asksforheader
asksformoretags askshealthserver askskubeproxy asksthesame asleep asof aspnetcore aspod asprocess assemble assess
assessment assessoptions assign association assumed assumerole asymmetric atendpoints atnode atnodeport atpod attached
attachment attarget attempt attempts attribute attributekey attributes attributevalue audit audited auditor auth
authenticationmode authn authorize authorized authorizesecuritygroupingress authz auto automode automodeloadbalancing
automodenodesgpermission automodeunsupportedannotation autoscaler autoscalers autoscaling autoshift availability
availabilityzone available availableipaddresscount availableips availablereplicas awaited away awk aws awsec2 back
backend backendnotfound backendoftags backoffreset backslash backtick bad badanswer balancer balancerof balancers
balancing balert bandwidth bandwidthinexceeded bandwidthoutexceeded bare barest barred barredprobes base baseline
baselinesof became because become becomes becoming been before begin beginning beginningsof begins behind behindnode
being belong belongs below beside besides best beta better between beyond bigint bin binary bind binding bindingbyarn
bindingnamespace bindings bindingsof binds bits black blackhole blame blind blob block blocked blocks blocksof blue
bluegreen board body boolean both bound boundarn boundary boundname bpfenabled branch branched branchinterfaceof break
breaks bring brings broken broker browsers bucket bug bugs build busiest busiestday busy but buttonvalue byage
byannotation byarn bydefault byfingerprint bygroup bykey byname bynews bynode byo byonlbsgwithoutbackendrules byplace
bystage bytarget bytes bytesverdict bytransition byweight byzone cached calico call called caller callers calling
calls calm came can canal candidates cannot capacity capture care carried carries carry case cases casesof catalogue
catch catching category categoryof cause cc1 cc2 ceil cert certain certainty certificate certificateauthority
certificates certs cfg cg1 cg2 chain chainof chainzone change changed changedat changedsincehealthy changes
changesofslice changessince changessincehealthy changing channel character characters charcodeat charge charged chart
charts cheaper check checkdefinition checked checkedportof checkmetadata checkpoint checkresult checks checksof
checksum choice chosen chroot cidr cidrblock cidrip cidripv4 cidripv6 cidrs cilium claimable claimantof claimed claims
clash class classesof clean cli client clientanswer clients clip closed closedlistener closedlisteners closing
closingms cloud cloudprovidername cloudprovidernameof cloudtrail cloudwatch cluster clusterip clusterof clusteroftags
clusters clustersecuritygroupid clustersof cni cninodeportsupportdisabled cnisetting cocauses code codepointat codes
columns com combine combinehops come comes command commands common compare comparechecks compares comparetext
complains complete compute computetype conceals concealssome concepts concern concerned concerning conclude concludems
concludemspergroup concluding conclusion conclusions condition conditionof conditions conf confidence confidenceof
confidences config configmap configmaps configuration configurations configure configured confirm confirmed confirms
conflict conflicts connect connected connecting connection connectionpath connections connectms connects
connecttimeout conntrack conntrackexceeded conntrackexceededkernel conntrackorenaallowanceexhausted consequence const
consul consumers container containercannotrun containercreating containernotlisteningontargetport containerof
containerport containerprobe containers containersready containerstate containerstatus containerstatuses contains
context continue contrasts control controller controllerbuildordeployfailed controllercannotstart
controllercrdsoutdated controllerdeployment controlleriamdenied controllernamespace controllernotrunningorstuck
controllerof controllerpod controllers controllersof controllerthrottled controllerversion
controllerwebhookunavailable conventions copy cordon cordoned correct corrected cost costof could count counted
counters countof counts cover coverage coverageof covered coveredvpcids covering coveringrules coverof covers cpu
cpulimit cr1 crash crashes crashing crashloop crashloopbackoff crd crds create createcontainer
createcontainerconfigerror createcontainererror created createdat createtargetgroup creationtimestamp credentials
critical cross crossed crosszone crt cs1 culprit curl current currenttime custom customdomain
customresourcedefinitions cut daemonset daemonsetname daemonsets daily danger dangers dark dash dashboards data
database datagrams dataplane date dated dates datetimeformat day days daysbetween db8 dbg dead deadline deaf debug
decide decidedby decidednext decides decision decisive declare declared declares declines default defaultdelay
defaultlifecycle defaultnoise defaults defaultsfor deferred define defineproperties definition delay delays delegated
delegation delete deleted deletion deletiontimestamp demand demands demux denial denials denied denies deny departure
departureof depend dependencies dependency depends deploy deployment deployments deregister deregistered deregisters
deregistertargets deregistration deregistrationinprogress derived describe described describeinstances
describelistener describeloadbalancer describenetworkinterfaces describetargetgroups describetargethealth describevpcs
description descriptionof desertion desertionof design desired destination detach detail details deviations device
deviceindex devices dhcp dhcpoptions dhcpoptionsid diagnose diagnosed diagnoses diagnosis dial did diff differ
difference differences different differently differs digest digestedat digit digits direct direction directly disable
disabled disappears discovery disk diskpressure disrupted disruption disruptiontarget distinct disturbed divides dns
dnsname docs document documentation does doesnotexist dollar domain domainname domainnameservers doors dot dots doubt
down downscaler drain draining drains drift driftat drifted driftneeds driftof driftofservice driftoptional drifts
driftsymptom drop dropped dropping drops dual dualstack dump durationms during ea8095f each earlier earliest early
easily east ec2 ec2imds ec2metadata ecr edit effect egress eight eigw either eks elastic elasticloadbalancing elb
elbinternalerror elbv2 eligible eligiblenodes elimination else elsewhere emptied empty emptydir emptymemory
emptyslices emptysurveymemory emptyzoneafterminutes emptyzones ena enable enabled enablehealthcheck encapsulates
encrypted end ended endedat ending endings endof endpoint endpointat endpointprivateaccess endpointpublicaccess
endpoints endpointslice endpointsliceportnamemismatch endpointslices endpointslicesof endpointsof endport ends endsof
endswith enetunreach enforced enforces enforcing engine engineamong eni eniconfig eniconfigs eniconfigsgblocksnlb
eniid enis enough ensuredloadbalancer enters entries entriesof entry env environment envoy episode episodeof episodes
equal errimage errimageneverpull errimagepull error errorcategory errorcode errors errorsin ess estimatedusd eth0
ethtool etp etplocalnolocalpod etplocalnoreadyendpointanywhere etplocalonlyterminatingendpoints evaluate evaluatepath
evaluatepathwithin even event eventlog eventname events eventsabout eventsaround eventsofnode eventtime ever every
everybody everybodymuted everytarget everything everywhere evicted eviction evicts evidence evidencefor
evidencefordrift evidenceofunexplained exactly examine example exceed exceeded exceeds except excerpt excerptof
exclamation exclude excluded excludeinboundports excluding exclusionlabels exclusionof excused excusingstates exec
exemption exemptionof exemptions exhausted exhaustion exist existing exists exit exitcode expandedroutes expect
expected expectedcheck expectedhealthcheck expectedof expectedsetting experiment expired expiredevidence expiredtoken
expires explains explanationcode explanations export exposure exposureof extends extensible external externalip
externaltrafficpolicy extra facing facts fail failed failedattachvolume failedbuildmodel failedcreate
failedcreatepodsandbox faileddeploymodel failedmount failednetworkreconcile failedownwebhook failedreconcile
failedtostartservicehealthcheck failing failover failoverof fails failure failureof failures failurethreshold falls
false families family faq far fare fargate fargatewithinstancetargets fatal fault faultstocome fd00 fe80 features
felix fellows fetch few fewaddresses fewer fewest ff00 field fieldpath fieldref fields file fileb filename fill
fillcommand filled filledcommand filling fills filltext filter filtering filterreport filters filtersof filterverdict
finalizer find findevents findindex finding findings findmissing finds fine fingerprint finishedat finishes firewall
firewalld first firstbytems firstbytes firstevidence firstpace firsts firstseen firstseenat fit fits fitted fitting
fix fixed flag flags flap flapguard flapping flappingsince flask flat flatmap floor flow follow followed follows for
foreign foreignbinding foreignbindings format formataddress formatchoice formatcontrast formatdeviation formatempty
formatfilter formathealthcheck formatlabels formatmissing formatname formatnodes formatoutcome formatports formatprobe
formatreadiness formatreconcileerror formatregistered formatrequest formatrule formatunreadable former forth forward
forwarded forwarding forwards forwhom found four free freenumber freeze fresh from fromelsewhere fromentries fromport
front fronted frontend frontendnlbalbtargetunhealthy fulfils full fullest function further gap gapkind gapof gapreason
gaps gapsaround gapscope gate gated gatefix gateofbinding gateofcontroller gates gatesmissing gatestate gateway
gatewayoftags gateways gatewaystack gave gaveup gbsecond gbseconds generation generations generic generosity get gets
gist git github gitops give given gives goes going gone good got governed grace graded gradedchecks grades grant
grants green grep grew group groupby groupforrule grouphealth groupid groupids groupof groups groupsin groupsof
groupsofbalancer groupsummary growing grpc guards guide gwy h23 h2c had half halfprobed halves hand handler hands
handshake hang hanging hangs hangsup happen happens harm has hasaddress hasbegun hasebpf hasended hasfailed hash
hashealthy hashicorp hashlabel hasipv4 haskubeproxy haskubeproxypods haslostcluster hasnoprovider hasopenport hasown
hasownnetwork hasserverid have hcannotationinvalid hcendpointrequiresauthorclientcert hchostheaderrejected
hchttponnonhttpserver hchttpstls13only hcliveconfigdrift hcmeshmtlsorsidecarintercept hcnamedportunresolvable
hcpathwrongstatus hcportwrong hcprotocoltlsmismatch hcsettingnothonouredbycontroller hcsuccesscodesmismatch
hctcpoverrideunderlocal hcthresholdstootight hctimeouttooshort hcudpwithouttcpresponder head header headers health
healthchanges healthcheck healthcheckannotation healthcheckmismatch healthchecknodeport
healthchecknodeportnotlistening healthchecknodeports healthcheckport healthcheckprotocol healthoftargets
healthportunserved healthy healthyhostcount healthyimages healthythreshold healthz healthzport heard held helm here
hi1 hiccup hiccups hidden hiddencauses hide hides hidesall hidescluster hidessome hidestargetgroups hiding high hint
hinted hints hintsof history hold holddownminutes holder holderidentity holdersof holds hole holes hollow honoured
honours hop hopeless hopkind hops host hostfirewallorkernelsetting hostheader hostname hostnameof hostnameoverride
hostnamesof hostnametype hostnetwork hostport hosts hour hourcycle hours hourssilent how however hpa hs1 html http
http2 httpcode httpget https hung hybrid iam identity idle idof ids idsof ignore ignored ignoredsettings
ignoredsettingsof ignores ignoresproxyprotocol igw image imageid imageof imagepullbackoff images imds impaired import
improbable imul inbound inboundaclverdict inboundweight incident incidentkeyof incidents incidentupdate include
included includes increase index indexby indexed indexes indexfacts indexinventory indexof inferred infinity info
informational ing ingress ingressannotation ingresses inhibition inhibitorof inhibitors inhibitorsof init
initcontainers initcontainerstatuses initial initialdelayseconds initialhealthchecking initialized initpatience inject
injected injects inline innamespace inner innerblock inorder inpod inside insights install installation installed
installs instance instancegone instanceid instanceidin instancenotrunning instanceof instances instancesof instead
insufficient insufficientcidrblocks insufficientfreeaddressesinsubnet integer intended intendedemptyorbluegreen
intercept interface interfaceat interfaceof interfaces interfacesof interfaceswith interfacetype internal
internalerror internalip internalips internaltrafficpolicy internet interval intervalname intervalseconds intime intl
into introspect invalid invalidannotation invalidhealthcheckannotation invalidhealthcheckannotations invalidimagename
invalidstate invalidsubnet invalidtarget inventory involvedobject ipaddresstype ipblock ipfamilies ipfamily
ipfamilymismatchlbvstarget ipprotocol ipranges ips iptables iptargetunroutableoroutsidevpc ipunusable ipv4 ipv4setting
ipv6 ipv6address ipv6addresses ipv6cidr ipv6cidrs ipv6ranges isaboutmissing isaboutnodes isaboutrules isactive
isadmitted isagain isallhealthy isallowedwhole isalone isamong isanswered isansweredattimes isany isanywhere isasked
isaskedofkubeproxy isaway isbad isbare isblackhole isbound isbroken ischosen isclash isclear iscomplete isconcerned
iscontrollerpod iscrashing iscrashingat iscrossed isdark isdarkhere isdead isdeaf isdecidedby isdeclared isdefault
isdigestdue isdown isdry isdue isempty iserror isexcuse isexpected isexternal isfailing isfamiliar isfargatenode
isfirst isforeign isforwarded isforwardedwell isfound isgatedhere isgone isgood isguarded ishandmade isheard
isheldback ishere ishidden ishopeless ishostvalue ishttp ishttps ishungup ishybridnode isidle isin isindexed
isinitialized isinstance isinteger isintheway isipv6 isjoint iskilled isknown isknownunready iskubeproxy iskubeproxyup
isleaving isleftout islist islive islocal islongso ismany ismasked ismeant ismeshed ismixed isnamed isnan isneeded
isnew isnews isnodeport isnodeready isnonehealthy isnote isnothingjudged isnothingseen isof isofcluster isofdeployment
isold isoldenough isolder ison isoneniconfiginterface isopen isopeneverywhere isopening isothersturn isoutside isover
isown ispartly ispassed ispast ispastservice ispeered ispodport ispodready isport isprobed isproved
isprovenbyhealthcheck isquietat isrange isreached isread isready isrefused isreplaced isrequesttarget isreset isrisk
isruledout isrulemaker isrunning isrunwith issame isseen isselectedby isserved isserving issettled isshared isshort
issilence issilent issound isstarting issteady isstranded isstuck issuccess issuccesscodes issuer issues issure
issuspected istarget istelling isthere istight istimeout istio istold isuncovered isunhealthy isunmanaged
isunschedulable isunwell isupagain isvalid iswanted iswell iswhole iswholly iswindowsnode iswithin iswithoutimage
iswrong isyoung item items its itself jobs join joined joining json jsonpath judge judged judgement judgements judging
judgingrules just k8s kafka karpenter keda kedascaletargetdeactivated keep keeps kept keptcovers kernel key keyed
keyof keys keysof kill killed killing kills kind kindandname kindof kinds kindsof kindsofgaps know known knownat
knownhost knownresource knows kube kubectl kubelet kubeletversion kubeproxies kubeproxy kubeproxyconfiguration
kubeproxydaemonset kubeproxydown kubeproxyhealth kubeproxyisgone kubeproxynodenamemismatch kubeproxypodon
kubeproxyreplacement kubeproxyreportsunhealthy kubernetes kubernetesclaims kubernetesslices kubernetesversion kuma
kustomize label labelkey labelled labels labelselector labelsfor labelsof lack lacking lackingrule lacks
lackskubeproxy lag lambda lambdaprices larger last lastindexof lasting lastpodsat lastreading lastrule lastrun lasts
lastseen lastseenat lastseenminutes laststate lastsuccess lasttime lasttransitiontime lastupdated lastwords
lastwordsof late latency latent later latest latestfirst launched launchedat lbaznotenabledfortarget lbc
lbsubnetorenibroken ldap lead leader leaderless leads leak learn learns lease leasedurationseconds leases least
leastms leave leaves leavesnonehealthy leaveszoneempty leaving left leftat leftbehind leftfingerprints leftgroups
leftunjudged legacy legal length lengths less let lets level lib lies lifecycle lifecyclerules like likelier
likelihood likeness limit limited limitexceeded limitrange limitranges limits line lineof lines linger link linked
linkerd linklocalexceeded linkof linkreport links linux list listed listen listener listeners listenersinuse
listenersof listenersperloadbalancer listening listens listlisteners lists little live liveness livenessprobe
liveprotocol lives load loadbalancer loadbalancerarn loadbalancerarns loadbalancerclass loadbalancerinterface
loadbalancerinterfaces loadbalancername loadbalancernode loadbalancernotactive loadbalancers loadbalancersourceranges
loadbalancerstate loads local localendpoints locales localhost localto location lock log login logname logs long
longer longest longestages longestdigest longestexcerpt longestexpired longestintext longestlist longestms
longesttarget longesttext longesttitle longestvalue look looked looking looks lookup loop loopback loopbacksetting
lose loses lost lostbefore lostitssyn loudest low lower ltnp luck lurking machine made main major make maker makerof
makers makes making malformed manage managed managedfields management manager manages managesbackendrules managing
manifest manifests many map mapvalues margin mark marked marks masking masks masksevery master match matchall matcher
matches matchexpressions matching matchlabels math matter max maximum maxtlsversion may maybekubeproxy
maywantproxyprotocol mean means meant meanwhile mechanism mechanisms medium meet meets member members memo memory
memorylimit memorymb memorypressure mend mending mends mere merge mesh meshproxyof message messagefor messageof
messages met metadata metrics min mind minimum minimumfordns minimumforrouting minimumof minor minreadyseconds minute
minutes minutesbetween mirror mirrored mismatch misses missesnode missing missingneeds missingrule missingrules
missingrulesof missingtargetsof mixed mode model modes modify modifytargetgroup module modules moment moments
momentsof mongo monitoring more moreservices most mostanswers mostevidence mostexpired mostlines mostlisteners mostly
mostnamed mostnames mostoffenders mostpast mostrules mostservices mosttext mosttranscripts mosttrusted mount mounts
move moved moves mqtt msg mtls multi multicast multicluster multiclustertargetgroup multiple must
mutatingwebhookconfigurations mute muted mutedby mutehours muteof mutes mutual mysql nacl naclblockshealthcheck name
named namedtargetportnotfound nameinarn namekey nameof names namespace namespaceof namespaces namespaceselector narrow
narrowed narrows nat native near nearest nearestof nearmisses need needed needs needscause needschange needsone
neither net netfilter network networkacl networkaclentry networkacls networkaclsverdict networkaclverdict networking
networkinsightsanalyses networkinsightspath networkinsightspathid networkinterface networkinterfaceid
networkinterfaces networkpathfound networkpolicies networkpolicy networkpolicyblockshealthcheck networkpolicypeer
networkpolicystrictmode networkpolicyverdict networks networksysctl never neverprobed neverserves neverstarted new
newer newest newlyhealthy newnodewindow newreplicasetavailable news newsof newsseconds next nextevidence nextfailing
nextother nextsteps nft nftables nginx night nine nitro nlb nlbsgblocksclients nlbsgegressblockshealthcheck noaddress
nobody nobodyserved nocontrollerownsservice nocredentialproviders node nodeagent nodebehind nodebeingremoved
nodecauses nodechoice nodechoiceof nodeexcludedbylabel nodegroup nodemultieniasymmetricpath nodename nodenameof
nodenotready nodeof nodeofendpoint nodeofpod nodepath nodepathsof nodeport nodeportaddresses
nodeportaddressesexcludeprimaryip nodeportchangedstaletargetgroup nodeportnotallocated nodeportrulesnotprogrammed
nodeports nodeportsof nodeportsopentointernet nodes nodesamong nodesbehind nodeselector nodeshutdown nodesof
nodetonodesgblockspodport noise noiserules nomatch nominated non none nonhealthy nor normal not note noted notes
notewithoutowner nothing nothingomitted notice notin notinuse notready now nowhere null number numbers obeys object
objectmeta objects observation observationsof observems obstacle obstacles occurrence octet octets ofcluster off
offamily offenders offendersof offered offset ofpods oftarget often old older oldest oldestbad oldtls omit omitted
once oncleared one ones onesyn onfargate only onnodes onquiet onseen onsuspectcleared onthewire oomkilled open
openafter openbefore opened openedat openingof openings opens opensnodeportson opensoveripv4 openssl openthen
operating operator ops option optional options order ordered orderofreading organization origin original osimage other
otherfront otherhost othername otherports otherprotocol otherreasons others otherscheme otherways otherwise out
outbound outcome outcomes outdated outer outerblock outlast outlasts output outside over overdue overlaps overlay
overlaycniwithiptargets override overridesnodename overtcp overwrite overwrites owed own ownaddress ownaddresses
owndelayms owned owner ownerbybinding ownerbyroute ownerbyservice ownerless ownerof ownerreferences owners
ownersbykubernetes ownersbytags ownersbytargets ownport owns pace packet packets packetsandpath packipv4 packprefix
padstart pair pairlists pairs panic parameters parse parseblock part partial partition partly partner parts pass
passage passages passed passes passing past pastof patch patchof path paths patience patiencems pattern patterns pause
paused pcx peer peerauthentication peered peering peers pending people per percentage perform performance period
periodseconds permission permissions permissive person phase pick picks pid pidpressure piece pipelines place placed
placeholder placeof places plain plan planclientprobes plancontrasts plane planned plannedprobe planner planprobes
planreconnects planrepeats plays plug plugins plus pod podarrival podarrivalsof podconfigerror podcrashloop
podeniunresolvable podevictedornodepressure podgroup podimagepullfailure podinitializing podinitorstartupstuck
podipexhaustion podips podlivenesskillloop podlog podlogs podof podoomkilled podports podprobeof podprobesat
podprobesfor podprobesto podreadinessprobefailing pods podsat podsbehind podscheduled podsecurity podselector
podsgmissingnlbrule podsin podslabelled podsmadeby podsof podson podspergroup podsrefuse podsubnetsof podunschedulable
point points policies policieson policy policyengine policyengineof policyport policyswitchstalehc policytypes pools
pop port portname portof portrange ports portservedby portsof portsperpod portstotry portwords position positionafter
positive possible postgres pps ppsexceeded ppv2 ppv2breakshealthchecknodeport ppv2expectedbutnotsent
ppv2hcrejectedbyapp practices predictedms prefix prefixes prefixlength prefixlist prefixlistid prefixlists present
preservation preserve preserved preserves preserving pressure pressureon pressures pressuretaint prestop previous
primary primaryof print printable printf private privatednsname privateip privateips privatelink
privatelinkenforcement privileged probable probe probed probedport probeof probeoutcome probepath probephase
probeportin probepurpose prober proberequest proberesult probes probesarrive probesfor probesof probesto probetimings
probing problems process profile programmed programs progress progressdeadlineexceeded progressing projectcalico
promise promised promisesnode proof protects protocol protocols proved proves provider providerid provisioning proxied
proxiednode proxy proxyannotation proxyof proxyon proxyprotocol proxyreplacementconflict public publicaddress
published publishnotreadyaddresses pull pulled purpose push put puts quarrel query question questionof questions queue
quic quickconnect quicserveridmissing quiethours quota quotacode quotaname quotas quote quoted quotes raise raised
random range ranges rangesof ranout rare rate ratio reach reachability reachable reached reaches read readanswer
readboth readbuttonvalue readcloudprovidertags readiness readinessgates readinessgatestuck readinessof readinesspath
readinessprobe reading readings readonly readonlyset reads readtags readthedocs ready readyaddresses readyendpoints
readyendpointsnotregistered readyof readyreplicas reason reasons recalls recent recentend recheck recognise reconcile
reconciledstate reconcileerror reconcileerrors reconcileerrorsof reconcilestate reconciliation reconnectedtargets
record recordrun records recovered recycle redirect redis reduce ref refer reference referencedgroupid refers refresh
refusal refusalof refusalon refusals refuse refused refuses refusing regarding regexp region register registered
registers registertargets registrable registration registrationinprogress registrations registrationseconds registry
registryunavailable reject rejected rejects release relevant remain remainingms remediation remedy remembered
remindafterhours reminder remove removed removes rename renamed renewed renewtime repair repeated repeatedtargets
repeats replace replaceall replaced replacement replacementof replacements replacementsettings replaces replica
replicas replicaset repliedinplain replies reply replyports report reported reportfilter reporting reportingcontroller
reports reqs request requested requestedaddress requestlimitexceeded requestrefusal requests require required requires
reset resets resolve resolveafter resolved resolvedat resolvedsince resource resourcename resourcequotas resources
responder response rest restart restartcount restarted restarting restarts restartwindow restore restriction result
results retried retrywindow return reuse reverse revert revision revoke revokesecuritygroupingress reworded rewrites
right rightly rights rings rises risk risks riskwhenhealthy rocket role rolearn roles roll rolled rollout
rolloutinprogress rolloutof rollouts rolls room roots round route routeendof router routes routetable routetableid
routetableof routetables routeto routeverdict routing row rule ruled ruledout ruleid rulenumber rules ruleset rulesfor
rulespersecuritygrouplimitexceeded run runcontainererror runcost runid running runpowershellscript runs runscontroller
runskubeproxy runskubeproxyasprocess runsummary runverdict said same sample sandbox satisfies saturated saturation
save saved saw say saylost sayopen sayopeneverywhere says scale scaled scaledas scaledtozeroby scaler scaling
scenarios scene schedule scheduled scheduler scheduling schemaversion scheme scope scopeof screened screenprobes
script sec second secondary seconds secondssince secondssincerenewal secondstosettle secret secrets security
securitycontext securitygroup securitygrouphops securitygroupid securitygroupids securitygrouppolicies
securitygrouppolicy securitygrouprule securitygroups securitygroupsbytarget securitygroupsverdict securitygroupverdict
sed see seen seengroups sees select selected selecting selection selector selectorleftbehindbyrollout selectors
selects send sender sends sent sentat serve served servedby servedstate servedstates server servers serves
serveshealthchecks service serviceaccount serviceaccounts servicelink serviceof serviceoffinding serviceport
serviceportof serviceproxyhealthy serviceproxyon serviceref services serving set sets setting settingannotations
settingof settings settled settledendpoints settling setup setupof setups several severities severity severityof
sgclustertagambiguous sgp sgpstrictwithinstancelocal sgruleremovedbyothermanager sgrulesquotaexceeded
sgtargetmissinghealthcheckrule share shared sharedlists sharedprobeport sharedtargetgroupconflict sharedtrait
sharedtraits shares shell shellword shellwords shift shifted shifts short shortage shorten shorter shortfix should
show shown shows shut shuts shutting side sideat sidecar sideof sides sight sighting sightings sign sigs silence
silencesof silent silently simulate simulation since single sit situation size skip skips slackbuttons slash slashat
sleep sleeps slice slicename sliceoptions slices slight slow slowly slows small smtp sockets some somebody something
somewhere soon sorted sound source sourcerangesexcludelbnodes sourcerangesof sources sourcesof span spans spansof
speak speaking speaks speaksother spec specific split spoken spoketls sport spread ssm stable stack stage stages stale
stalepolicy staletargetsnotderegistered stand standard standing standingin stands start started startedat starterror
starting starts startseconds startswith startsword starttime startup startupprobe startupseconds state statefulset
statement stateof statereason states status statuses statusesof stay staying stays stdin steady steadystate
steadystates step steps stepswithoutowner still stillassumed stillknown stop stopped stopping stops stores story
stranded strangers strategic strict stricter string stringify stuck stuckgate stuckgates stuckinit stucksettings
stuckstartup stunted subject subjectof subjectofline subjects subjectsof subnet subnetaddress subnetdiscoveryfailed
subnetid subnetids subnetnotfound subnets subnetsof subnetswith succeed succeeded succeeds success successcodes
successes successesof successful successfulcreate successfullyreconciled successor successors such suffer suffers
suggestion suggests suitable sum summarize summarizeincidents summary summaryabove summaryline summarylines
summarystate summaryupdate support supported supports sure sureness surroundings survey surveymemory surveyms
suspected suspects suspectsin svc svcselectormatchesnopods swallow switch switched switches symptom symptomof symptoms
syn sync syncloadbalancerfailed sysadmin sysctl sysctls system table tables tag tagged taggedfor taggedowner tags tail
taint taints take taken takenat taker takes takesnodedown tally target targetdraining targetgroup targetgrouparn
targetgrouparns targetgroupattributes targetgroupbinding targetgroupbindings targetgroupconfiguration
targetgroupcontext targetgroupname targetgroupnotattached targetgroupoption targetgroupoptions targetgroups
targethealth targetid targetids targetinterface targetipbelongstoaloadbalancer targetkey targetnodelabelsselectnothing
targetnotsupportedbynlb targetof targetorlistenerquota targetport targetportin targetref targets targetsbehindpods
targetsof targetspergroup targetsservedonlyby targetstate targetsubnet targettype tasks tcp tcpsocket team teamlabel
teams tell telling tells template ten terminated terminates terminating termination terraform test text tgb
tgbbackendreferencebroken tgbnetworkingmissing than that thatshow the their theirs them themselves then there
therefore these they things this those though three threshold thresholds throttl throttle throttled throttles
throttling throttlingexception through tight time timeout timeoutms timeoutname timeoutseconds times timetable
timezone timings title titleof tls tls13 tlslistenertoclosedbackend tlsms tlsv1 tlsverdict
tobedeletedbyclusterautoscaler today tofixed together toisostring told toldat tolerate tolerations tolowercase too
took tool toolong tools toomany toomanylisteners toomanyregistrationsfortargetid toomanytargetgroups toomanytargets
top topology toport toreversed tosorted tostring total totalms touches touppercase tracked traffic trafficdistribution
trafficpolicy trafficprobeof trafficworks trait traits traitsof transcribe transcript transcripts transit transition
transitionsof transitionsofopen translates transparent treats tries triggeredscaleup trim trouble troubleshooting true
truncate truncated trust trusted trusts try tty turn turned turns tutorials twenty two type typeof types u0000 ubnet
udp ufw uid ultiple unallocated unauthorizedoperation unavailable unclear unconnected uncovered undecided undefined
under understand understood undo undone unexpectedadmissionerror unexpectedrejectrule unexplained unhealthy
unhealthydrainingbydesign unhealthyhostcount unhealthythreshold unheard uniform unknown unknownat unknownbefore unless
unlesspaired unmanaged unmarked unnamed unownedgap unplannedprobes unprobed unreachable unread unreadableannotation
unresolvable unresolvableport unresolved unroutable unschedulable unsent unserved unset unsupported unsure until
untold untruncated unused update updatedloadbalancer updatedreplicas updateloadbalancerfailed updates upgrade upgrades
urgent urls usage usd use used usedfrom useof user userguide useridgrouppairs username uses usualclass usually uvicorn
v1alpha1 valid validatingwebhookconfigurations value valuefrom values vanish vantage var variable variableof verb
verbose verdict verdictat verdictofrules verdicts verdictson verify version versions via victims view viewof violates
virtual visible void volume volumes vpc vpccniof vpce vpcid vpcids vpcs wait waited waitedms waiting waits want wanted
wanting wants wantsmoretags wantsopen was washealthy wasmade wasoutofmemory watch watches way ways waysof waysto
waytotarget weakest web webhook webhooks webidentityerr week weekly weighs weight weights weightsof well were what
whatever whatisbroken when where wherever whether which whichever while who whoever whoisserved whole wholesubnet whom
whose why wide widen widened widest will window windows wireprotocolsof with withcluster withheld withhistory withhost
withid within withinlength withinminutes withlastverdicts withmemory witholder without withsettings withteams
withunsent withzoneevidence word words work workers working workload workloadbehind workloadkey workloadof
workloadpodsrefused workloads workloadsbehind workloadsbeside workloadscaledtozero workloadscarrying works worse
worstof worthtelling would wouldpasswith wrap wrapped write writebuttonvalue writes writing written
writtenbycontroller wrong wrongcontrollerinstanceinsteadofip wrongly wrongverdicts wrote x01000193 x03 x15 x20 x21 x7e
x811c9dc5 yaml yet you young younger youngestgood your yours yourself youth zero zonal zonalshiftactive zone
zoneevidence zonehealth zonelabel zoneof zones zonesemptied zonesof
`
  .trim()
  .split(/\s+/);
