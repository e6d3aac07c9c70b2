/** Head of an answer over HTTP. */
export interface Answer {
  statusCode?: number;
  headers?: Record<string, string>;
}

/** Certificates that no AWS endpoint has (error codes of OpenSSL, as Node.js names them). */
const foreignCertificate =
  /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|ERR_TLS_CERT_ALTNAME_INVALID)$/;

/**
 * A sentence with the remedy where, by the failure of a call and the answer to it, something else answered instead of AWS: a page of HTML or a redirect, as the captive portal of a
 * hotel or airport gives, or a certificate that is not of AWS. Undefined for every other failure.
 */
export function interception(error: unknown, { statusCode = 0, headers = {} }: Answer = {}): string | undefined {
  const isRedirect = statusCode >= 300 && statusCode < 400 && headers['location'] !== undefined;
  const isPage = statusCode < 500 && /text\/html/i.test(headers['content-type'] ?? '');
  if (isPage || isRedirect) {
    const what = isRedirect ? `a redirect to ${hostOf(headers['location'])}` : `a web page (HTTP ${statusCode})`;
    return `something between this machine and AWS answered instead of AWS, with ${what}: a captive portal or a proxy. Sign in to the network in a browser, or run where AWS is reached without a proxy: HTTPS_PROXY is not used.`;
  }
  const code = codesOf(error).find((each) => foreignCertificate.test(each));
  if (code === undefined) return undefined;
  return `the certificate that answered is not one of AWS (${code}): a captive portal, or a proxy that inspects TLS. Sign in to the network in a browser, or name the certificate authority of your proxy in NODE_EXTRA_CA_CERTS, and run again.`;
}

/** Of a location nothing but the host: the rest may hold tokens. */
const hostOf = (location: string | undefined): string =>
  URL.canParse(location ?? '') ? new URL(location ?? '').host : 'another page';

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let link = error; link instanceof Error; link = link.cause) {
    if ('code' in link && typeof link.code === 'string') codes.push(link.code);
  }
  return codes;
}
