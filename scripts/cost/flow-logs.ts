import { prices, runsMonth } from './prices.ts';

/** Lists of a folder and files that one run reads of a flow log in S3 at most. */
const [lists, files] = [2, 20];

const month = `$${((lists * prices.objectPut + files * prices.objectGet) * runsMonth).toFixed(2)}`;

/** The section of `docs/cost.md` about `flowLogs`. */
export const renderFlowLogsCost = (): string => `## Flow logs

\`flowLogs: off\`, the default, makes no call. \`findings\` makes none either where nothing is silent or unexplained. Otherwise a run finds the flow
logs of the targets with one call, and reads the last 25 minutes of at most 3 network interfaces of a target group and 10 of a cluster. From
CloudWatch Logs that is free: FilterLogEvents finds the records that name a node of the load balancer, at most 3 pages of 1 MB for each
interface, 4 calls a second, and no query of Logs Insights is started. From S3 it reads at most ${files} files and 16 MiB of each flow log, at most ${month} a
month for each cluster with such a finding, for as long as it lasts; a bucket in another Region adds the transfer. Of what is beyond that nothing is concluded.
The flow logs themselves are the account's own: none is made. A private subnet needs the interface endpoint of CloudWatch Logs,
which \`endpoints\` adds and which is billed like the others.
`;
