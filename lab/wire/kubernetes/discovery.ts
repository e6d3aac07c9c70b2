import { apiVersionOf, type Resource } from './resources.ts';

/** What the API tells about itself at `path`, or `undefined` where the path is no discovery document. */
export function discover(path: string, resources: Resource[]): object | undefined {
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
    verbs: ['get', 'list'],
    shortNames,
  };
  if (plural !== 'pods') return [whole];
  return [whole, { name: 'pods/log', singularName: '', namespaced, kind, verbs: ['get'] }];
}
