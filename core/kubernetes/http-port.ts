import type { ServicePort } from '../model/kubernetes.ts';

/** True for a port of the Service that says it is for HTTP/1: by its application protocol, else by name, else by number. */
export function isHttpPort({ appProtocol, name, port }: ServicePort): boolean {
  if (appProtocol !== undefined) return appProtocol.toLowerCase() === 'http';
  return name === undefined ? port === 80 : /^(http|web)$|^(http|web)-|-(http|web)$/i.test(name);
}
