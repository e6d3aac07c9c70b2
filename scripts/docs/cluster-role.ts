import { kubernetesReads } from '../../config/permissions.ts';

const head = `# Read access for eks-nlb-auditor, without Secrets. Generated from config/permissions.ts.
# The group is that of the access entry; in clusters with authentication mode CONFIG_MAP map the role to it in aws-auth.
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: eks-nlb-auditor
rules:
`;

const binding = `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: eks-nlb-auditor
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: eks-nlb-auditor
subjects:
  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: eks-nlb-auditor:viewers
`;

/** The text of `docs/rbac.yaml`: a ClusterRole with every read of the auditor, bound to the group of its access entry. */
export function renderClusterRole(): string {
  const rules = kubernetesReads.map(({ group, resource, verbs, names, why }) =>
    [
      `  # ${why}`,
      `  - apiGroups: ["${group}"]`,
      `    resources: ["${resource}"]`,
      ...(names ? [`    resourceNames: [${names.map((name) => `"${name}"`).join(', ')}]`] : []),
      `    verbs: [${verbs.map((verb) => `"${verb}"`).join(', ')}]`,
    ].join('\n'),
  );
  return `${head}${rules.join('\n')}\n${binding}`;
}
