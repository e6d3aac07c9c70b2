import { createServer } from 'node:http';
import type { Delivery } from '../../lab.ts';
import { listen } from '../listen.ts';
import { type HttpAnswer, type HttpRequest, requestListener } from '../request-listener.ts';
import { pagerDuty, routingKey } from './pager-duty.ts';
import { teamsWorkflow } from './teams.ts';

export interface Receivers {
  pagerDuty: { apiUrl: string; routingKey: string };
  teamsUrl: string;
  close(): Promise<void>;
}

/** The path of the lab's workflow, of the form that Power Automate gives. */
const workflow = '/workflows/0a1b2c3d/triggers/manual/paths/invoke?api-version=2016-06-01&sig=lab';

/** PagerDuty and a workflow of Microsoft Teams. */
export async function openReceivers(deliver: (delivery: Delivery) => void): Promise<Receivers> {
  function answer(request: HttpRequest): HttpAnswer {
    if (request.url === '/v2/enqueue') return pagerDuty(request, deliver);
    if (request.url === workflow) return teamsWorkflow(request, deliver);
    return { status: 404, headers: {}, body: 'Not Found' };
  }
  const { port, close } = await listen(createServer(requestListener(answer)));
  const origin = `http://127.0.0.1:${port}`;
  return { pagerDuty: { apiUrl: `${origin}/v2/`, routingKey }, teamsUrl: `${origin}${workflow}`, close };
}
