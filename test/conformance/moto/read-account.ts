import type { Facts } from '../../../core/model/facts.ts';
import type { Inventory } from '../../../core/model/inventory.ts';
import { type Clients, connect } from '../../../io/aws/clients.ts';
import { collect } from '../../../io/collect/collect.ts';
import { survey } from '../../../io/survey/survey.ts';
import { inEnvironment } from '../../../lab/in-environment.ts';

/** What the product reads of the account that this environment points at. */
export const readAccount = (env: Record<string, string>): Promise<{ inventory: Inventory; facts: Facts[] }> =>
  withClients(env, async (clients) => {
    const inventory = (await survey(clients, {})).inventory;
    return { inventory, facts: await collect(inventory, clients, {}) };
  });

/** The same, but nothing of the Kubernetes API. */
export const readInventory = (env: Record<string, string>): Promise<Inventory> =>
  withClients(env, async (clients) => (await survey(clients, {})).inventory);

const withClients = <Value>(env: Record<string, string>, read: (clients: Clients) => Promise<Value>): Promise<Value> =>
  inEnvironment(env, async () => {
    const clients = connect({ callsPerSecond: 1000, signal: AbortSignal.timeout(60_000) });
    try {
      return await read(clients);
    } finally {
      clients.close();
    }
  });
