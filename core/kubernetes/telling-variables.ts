/** Variables that commonly say where a server listens. */
export const listenVariable =
  /^(?:HOST|HOSTNAME|BIND|LISTEN|(?:\w+_)?(?:BIND|LISTEN)_(?:HOST|ADDR|ADDRESS|IP)|(?:APP|HTTP|WEB|SERVER|FLASK_RUN|UVICORN|NITRO|ROCKET)_(?:HOST|ADDR|ADDRESS)|ASPNETCORE_URLS)$/;

/** Variables that commonly say under which names a server answers. */
export const hostsVariable = /allowed_?hosts/i;

/** Annotations, arguments and variables that concern the Proxy Protocol. */
export const proxyProtocolName = /proxy[-_]?protocol/i;

/** The variable by which Felix, the agent of Calico, forwards with eBPF (Calico reference, "Configuring Felix"). */
export const ebpfVariable = 'FELIX_BPFENABLED';

/** True where a diagnosis reads the value of a variable of this name, in whatever container. Of all others the name is enough. */
export const isTelling = (name: string): boolean =>
  name === ebpfVariable || [listenVariable, hostsVariable, proxyProtocolName].some((pattern) => pattern.test(name));
