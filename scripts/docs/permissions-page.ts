import { awsActions, commandLineActions, kubernetesReads } from '../../config/permissions.ts';

/** The text of `docs/permissions.md`: everything that the product may do, why, and which function does it. */
export function renderPermissionsPage(): string {
  const users = [...new Set(awsActions.map((entry) => entry.function))];
  return [
    '# Permissions',
    '',
    'Generated from `config/permissions.ts`, from which the policies of the roles are made too. `*` where the action knows no',
    'narrower resource.',
    ...users.flatMap((user) => [
      '',
      `## AWS, ${user}`,
      '',
      '| action | on | why |',
      '| --- | --- | --- |',
      ...awsActions
        .filter((entry) => entry.function === user)
        .map(
          ({ action, resource, leadingKeys = [], why }) =>
            `| \`${action}\` | ${resource === '*' ? '`*`' : `the ${resource.replaceAll('-', ' ')}`}${leadingKeys.length === 0 ? '' : ` (${leadingKeys.join(', ')})`} | ${why} |`,
        ),
    ]),
    '',
    'Beside these every role may write its own log, send traces and send what failed to the dead letters; the role of the',
    'auditor lets Lambda make its network interfaces in the VPC and denies the same to its own code.',
    '',
    '## AWS, command line',
    '',
    'The command line makes the reads of the auditor with the credentials of whoever runs it, and beside them:',
    '',
    '| action | why |',
    '| --- | --- |',
    ...commandLineActions.map(({ action, why }) => `| \`${action}\` | ${why} |`),
    '',
    '## Kubernetes, auditor',
    '',
    'Granted by [rbac.yaml](rbac.yaml), all but the custom resources and the Lease by the access policies',
    'AmazonEKSViewPolicy and AmazonAIOpsAssistantPolicy too. Never Secrets.',
    '',
    '| group | resource | verbs | why |',
    '| --- | --- | --- | --- |',
    ...kubernetesReads.map(
      ({ group, resource, verbs, names, why }) =>
        `| ${group || 'core'} | ${resource}${names ? ` (${names.join(', ')})` : ''} | ${verbs.join(', ')} | ${why} |`,
    ),
    '',
  ].join('\n');
}
