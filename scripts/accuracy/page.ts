import { type Audited, type CauseFigures, type ClientFigures, causeFigures, clientFigures } from './figures.ts';
import { type ClientKind, clientKinds } from './judge-clients.ts';

interface Measured {
  seed: number;
  single: readonly Audited[];
  compound: readonly Audited[];
}

/** The page docs/accuracy.md. */
export const accuracyPage = ({ seed, single, compound }: Measured): string => `# Accuracy

Written by \`npm run accuracy\`. Every world is built in the lab and audited over the wire like an account: real AWS and Kubernetes
protocols, real packets. A world has one fault, in each variant that makes a difference to it (instance and ip targets,
Cluster and Local, AWS Load Balancer Controller and cloud-provider-aws), or two or three faults drawn with the seed ${seed},
always beside healthy Services and noise. What is right follows from the faults that were put in and from the order of the
decision procedure, never from the checks. Errors found here are investigated and fixed, so the figures of worlds with one fault are
optimistic. The others were drawn after the last change of a check: \`npm run accuracy\` draws new ones each time, and
\`npm run accuracy -- --seed ${seed}\` these.

## Is the cause right?

A Service counts as right when its primary cause is named and no cause is named that does not act on it; one that no fault
reaches counts only where it raises an alarm, and one that never got a target group has no target to judge.

| worlds with | worlds | right | wrong | missed | unexplained | false alarms | accuracy |
| --- | --- | --- | --- | --- | --- | --- | --- |
${causeRow('one fault', causeFigures(single))}
${causeRow('two or three faults', causeFigures(compound))}

## Is it right about who is served?

For every target group of every world the lab sends a client along its own path: the listener and its weight, the security groups
of the load balancer, the path to a healthy target, and what listens there. The report's \`served\` has to agree. A silent outage
is a target group whose clients are not served and of which the report does not speak; only a risk means that it is reported without an
alarm, since nothing that an audit sees proves it. A false alarm is an alarm about clients that are served.

| target groups, in worlds with one fault | groups | right | silent outages | only a risk | false alarms | otherwise wrong | unknown |
| --- | --- | --- | --- | --- | --- | --- | --- |
${clientRows(single)}

| target groups, in worlds with two or three faults | groups | right | silent outages | only a risk | false alarms | otherwise wrong | unknown |
| --- | --- | --- | --- | --- | --- | --- | --- |
${clientRows(compound)}

## What went wrong

${failures([...single, ...compound])}
`;

const causeRow = (
  name: string,
  { worlds, right, wrong, missed, falseAlarms, unknown, accuracy }: CauseFigures,
): string =>
  `| ${name} | ${worlds} | ${right} | ${wrong} | ${missed} | ${unknown} | ${falseAlarms} | ${(accuracy * 100).toFixed(1)} % |`;

const names: Record<ClientKind, string> = {
  quiet: 'that no fault touches: the report has to be silent',
  served: 'whose clients are served although something is wrong, or noted',
  unserved: 'whose clients are not served',
  excused: 'whose first target is on its way, or that are empty on purpose',
  idle: 'to which no listener sends clients',
};

const clientRows = (worlds: readonly Audited[]): string => {
  const figures = clientFigures(worlds);
  return clientKinds.map((kind) => clientRow(names[kind], figures[kind])).join('\n');
};

const clientRow = (name: string, figures: ClientFigures | undefined): string =>
  figures === undefined
    ? ''
    : `| ${name} | ${figures.groups} | ${figures.right} | ${figures.silentOutages} | ${figures.risks} | ${figures.falseAlarms} | ${figures.wrong} | ${figures.unknown} |`;

function failures(worlds: readonly Audited[]): string {
  const rows = worlds.flatMap(({ causes, clients }) => [
    ...causes
      .filter(({ outcome }) => outcome !== 'right')
      .map(({ world, service, outcome, expected, said }) => [world, service, outcome, expected, said.join('; ')]),
    ...clients
      .filter(({ outcome }) => outcome !== 'right')
      .map(({ world, group, outcome, kind, said }) => [world, group, outcome, kind, said]),
  ]);
  if (rows.length === 0) return 'Nothing.';
  const cells = (row: readonly (string | null)[]): string => `| ${row.map((cell) => cell || 'nothing').join(' | ')} |`;
  return [
    cells(['world', 'Service or target group', 'outcome', 'true', 'said']),
    cells(['---', '---', '---', '---', '---']),
    ...rows.map(cells),
  ].join('\n');
}
