import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';

const manifest = new URL('interface-client/package.json', import.meta.url);
const { dependencies }: { dependencies: Record<string, string> } = JSON.parse(readFileSync(manifest, 'utf8'));
const version = dependencies['aws-lambda-ric'] ?? '';

/** Where Lambda's runtime interface client is installed, with the part of it that is built from C++. */
export const interfaceClientFolder = (): string => join(cacheFolder(), `aws-lambda-ric-${version}`);

/** Version and entry point of the client; `undefined` where it has not been built. */
export function builtInterfaceClient(): { version: string; entry: string } | undefined {
  const folder = join(interfaceClientFolder(), 'node_modules', 'aws-lambda-ric');
  const built = existsSync(join(folder, 'rapid-client.node'));
  return built ? { version, entry: join(folder, 'index.mjs') } : undefined;
}
