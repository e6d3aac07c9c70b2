import { openApi } from './open-api.ts';
import { apiVersionOf, type Resource } from './resources.ts';

/** What the API tells about itself at `path`, or `undefined` where the path is no discovery document. */
export function discover(path: string, resources: Resource[]): object | undefined {
  const schema = openApi(path, resources);
  if (schema !== undefined) return schema;
  if (path === '/version')
    return { major: '1', minor: '33', gitVersion: 'v1.33.5-eks-3025e55', platform: 'linux/amd64' };
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  if (path === '/apis') return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups(resources) };

  const groupVersion = /^\/(?:api|apis)\/((?:[^/]+\/)?[^/]+)$/.exec(path)?.[1];
  const members = resources.filter((resource) => apiVersionOf(resource) === groupVersion);
  if (members.length > 0) {
    return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: members.flatMap(listed) };
  }
  return groups(resources).find(({ name }) => path === `/apis/${name}`);
}

/** Resources whose number of replicas the subresource `scale` sets. */
export const scalable = new Set(['deployments', 'replicasets', 'statefulsets']);

function groups(resources: Resource[]) {
  return resources
    .filter(({ group }, index) => group !== '' && resources.findIndex((each) => each.group === group) === index)
    .map((resource) => {
      const version = { groupVersion: apiVersionOf(resource), version: resource.version };
      return {
        kind: 'APIGroup',
        apiVersion: 'v1',
        name: resource.group,
        versions: [version],
        preferredVersion: version,
      };
    });
}

function listed({ plural, kind, namespaced, shortNames }: Resource): object[] {
  const whole = {
    name: plural,
    singularName: kind.toLowerCase(),
    namespaced,
    kind,
    verbs: ['create', 'delete', 'get', 'list', 'patch', 'update'],
    shortNames,
  };
  const part = (name: string, rest: object) => ({ name: `${plural}/${name}`, singularName: '', namespaced, ...rest });
  if (scalable.has(plural)) {
    const scale = { group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: ['get', 'patch', 'update'] };
    return [whole, part('scale', scale)];
  }
  if (plural !== 'pods') return [whole];
  const eviction = { group: 'policy', version: 'v1', kind: 'Eviction', verbs: ['create'] };
  return [whole, part('log', { kind, verbs: ['get'] }), part('eviction', eviction)];
}
