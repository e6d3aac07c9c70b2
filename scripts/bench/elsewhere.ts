/** A goal on a big account that is held by something else than a measured row. */
export interface Elsewhere {
  what: string;
  goal: string;
  /** What holds it, or why it is not measured. */
  by: string;
}

export const elsewhere: Elsewhere[] = [
  {
    what: 'looking things up in Facts of twice the size',
    goal: 'at most 2.3 × as many elements visited',
    by: '`test/core/diagnosis/linear-diagnosis.test.ts` counts them',
  },
  {
    what: 'one cause in thousands of Services of one cluster',
    goal: 'saved whole, no item beyond 400 KB; 20,000 Services',
    by: '`test/io/store/long-list.test.ts`',
  },
  {
    what: 'a distributed run over 200 clusters in an interpreter that is not ours, one child failing and one timing out',
    goal: 'all others judged as by one function',
    by: '`DISTRIBUTED_CLUSTERS=200 npm run conformance -- step-functions`, 30 clusters in CI: moto’s engine, the bundled function, the synthesized definition. 200 of 200 clusters were judged, and 180 with 20 as gaps where one child ran out of memory and one out of time. It has as many children at a time as there are processes here: with 40 on two, those that wait the longest run into the time-out of their task, which Lambda’s do not',
  },
];
