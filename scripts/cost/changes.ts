/** The section of `docs/cost.md` about `changes`. */
export const renderChangesCost = (): string => `## CloudTrail

\`changes: off\`, the default, makes no call. \`findings\` costs nothing either: LookupEvents of the event history is free, and needs no trail.
What it takes is time: an account may look up twice a second in each Region, people and other tools included. CloudTrail finds nothing by the ARNs
of Elastic Load Balancing and EKS, so that a run looks up 15 calls by their names for all failing target groups together, and by id each security
group, network ACL and route table of one of them: 20 look-ups for the first (10 seconds), about 3 more for each in another cluster, fewer for those that
share them. Where the controller is refused or throttled, the refused call and the role add one each. A run makes at most 50 look-ups, in at most two
pages of 50 events each: 25 to 50 seconds. Target groups beyond that are
reported as a gap. A private subnet needs the interface endpoint of CloudTrail, which \`endpoints\` adds and which is billed like the others; what was
done to a role CloudTrail has in us-east-1 alone, so that this is read only where a NAT gateway leads there.
`;
