import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { bounded } from '../aws/bounded.ts';
import { requestHandler } from '../aws/time-outs.ts';
import { parseJson } from '../parse-json.ts';

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

/** Bytes of what one stage leaves to the next, unpacked; the interfaces of 100,000 targets have about 80 MB. */
const largest = 512 * 2 ** 20;

/** Where the stages of one run leave things to each other: objects of a bucket. */
export interface HandOver {
  /** Keeps a value as packed JSON; a repeat of the stage replaces it. */
  put(name: string, value: unknown): Promise<void>;
  /** Keeps a list for the engine, which reads it as it is; answers with its key. */
  putItems(items: unknown[]): Promise<string>;
  /** `undefined` where no stage has left it. */
  get<Value>(name: string): Promise<Value | undefined>;
  close(): void;
}

/** Opens the place of one run: `prefix` is `<account>/<region>/<vpcId or all>/<run>`. */
export function openHandOver({ bucket, prefix }: { bucket: string; prefix: string }): HandOver {
  const client = new S3Client({ maxAttempts: 3, requestHandler });
  client.middlewareStack.use(bounded());
  const put = (key: string, Body: string | Buffer, ContentType: string) =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body, ContentType }));
  const packedKey = (name: string): string => `${prefix}/${name}.json.gz`;
  return {
    async put(name, value) {
      await put(packedKey(name), await pack(JSON.stringify(value)), 'application/gzip');
    },
    async putItems(items) {
      const key = `${prefix}/items.json`;
      await put(key, JSON.stringify(items), 'application/json');
      return key;
    },
    async get<Value>(name: string) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: packedKey(name) }));
        const bytes = await Body?.transformToByteArray();
        const text = await unpack(bytes ?? Buffer.alloc(0), { maxOutputLength: largest });
        return parseJson(text.toString('utf8')) as Value;
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    close: () => client.destroy(),
  };
}
