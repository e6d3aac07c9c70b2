/** The section of `docs/cost.md` about `changes`. */
export const renderChangesCost = (): string => `## CloudTrail

\`changes: off\`, the default, makes no call. \`findings\` costs nothing either: LookupEvents of the event history is free, and needs no trail.
What it takes is time: an account may look up twice a second in each Region, people and other tools included. A run looks up each resource of
a failing target group once, in at most two pages of 50 events, and 40 resources at most: about 6 for the first group behind a load balancer, fewer
for each that shares its security groups, 20 to 40 seconds where 40 of them fail at the same time. Target groups beyond that are
reported as a gap. A private subnet needs the interface endpoint of CloudTrail, which \`endpoints\` adds and which is billed like the others.
`;
