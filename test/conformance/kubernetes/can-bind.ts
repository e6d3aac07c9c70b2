import { once } from 'node:events';
import { createServer } from 'node:net';

/** True where programs of this machine can listen at the address. */
export async function canBind(address: string): Promise<boolean> {
  const server = createServer().listen(0, address);
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
