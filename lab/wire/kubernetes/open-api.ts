import { apiVersionOf, type Resource } from './resources.ts';

/**
 * As much of the OpenAPI documents as kubectl needs before it sends a manifest: that each kind can be patched with
 * `fieldValidation`, so that the server validates (kubectl pkg/util/openapi, `query_param_verifier_v3`).
 */
export function openApi(path: string, resources: Resource[]): object | undefined {
  const versions = [...new Set(resources.map(apiVersionOf))];
  if (path === '/openapi/v3') {
    const paths = versions.map((version) => [pathOf(version), { serverRelativeURL: `/openapi/v3/${pathOf(version)}` }]);
    return { paths: Object.fromEntries(paths) };
  }
  const version = versions.find((each) => path === `/openapi/v3/${pathOf(each)}`);
  if (version === undefined) return undefined;
  const own = resources.filter((resource) => apiVersionOf(resource) === version);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.33.5' },
    paths: Object.fromEntries(own.map((resource) => [itemPath(resource), { patch: patchOf(resource) }])),
  };
}

const pathOf = (version: string): string => (version.includes('/') ? `apis/${version}` : `api/${version}`);

const itemPath = (resource: Resource): string =>
  `/${pathOf(apiVersionOf(resource))}${resource.namespaced ? '/namespaces/{namespace}' : ''}/${resource.plural}/{name}`;

const patchOf = ({ group, version, kind }: Resource): object => ({
  'x-kubernetes-group-version-kind': { group, version, kind },
  parameters: [{ name: 'fieldValidation', in: 'query', schema: { type: 'string' } }],
  responses: { 200: { description: 'OK' } },
});
