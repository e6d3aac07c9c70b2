/** The store behind an API server, through etcd's JSON gateway. */
export interface EtcdClient {
  /** The stored object; throws when there is none. */
  read(key: string): Promise<Record<string, unknown>>;
  write(key: string, object: object): Promise<void>;
  /** The present revision of the whole store. */
  revision(): Promise<string>;
  /** Forgets every revision but the present one. */
  compact(): Promise<void>;
}

export function etcdClient(url: string): EtcdClient {
  async function ask(path: string, body: object) {
    const response = await fetch(`${url}/v3/kv/${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`etcd refuses ${path}: ${await response.text()}`);
    return (await response.json()) as { header: { revision: string }; kvs?: { value: string }[] };
  }
  const revision = async () => (await ask('range', { key: encode('/registry') })).header.revision;
  return {
    async read(key) {
      const value = (await ask('range', { key: encode(key) })).kvs?.[0]?.value;
      if (value === undefined) throw new Error(`etcd has no ${key}`);
      return JSON.parse(Buffer.from(value, 'base64').toString());
    },
    async write(key, object) {
      await ask('put', { key: encode(key), value: encode(JSON.stringify(object)) });
    },
    revision,
    async compact() {
      await ask('compaction', { revision: await revision(), physical: true });
    },
  };
}

const encode = (text: string): string => Buffer.from(text).toString('base64');
