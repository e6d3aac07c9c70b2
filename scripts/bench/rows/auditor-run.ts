/** One invocation of the auditor's handler with an event and so many seconds left; its last line is what it took, as JSON. */
import type { Context } from 'aws-lambda';
import { handler } from '../../../lambda/auditor.ts';

const [event = '{}', seconds = '300'] = process.argv.slice(2);
const given = JSON.parse(event);
const endsAt = Date.now() + Number(seconds) * 1000;
const context: Partial<Context> = {
  awsRequestId: given.time,
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:auditor',
  getRemainingTimeInMillis: () => endsAt - Date.now(),
};
const began = performance.now();
const answer = await handler(given, context as Context);
const { user, system } = process.cpuUsage();
console.log(
  JSON.stringify({
    answer,
    seconds: Math.round((performance.now() - began) / 100) / 10,
    isInTime: Date.now() < endsAt,
    cpuSeconds: Math.round((user + system) / 1e5) / 10,
    maxRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
process.exit(0);
