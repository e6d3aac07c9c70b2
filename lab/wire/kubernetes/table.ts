import { columnsOf } from './columns.ts';
import type { ServedObject } from './served-object.ts';

/** Objects as kubectl prints them: a `meta.k8s.io/v1` Table. */
export function table(plural: string, items: ServedObject[], metadata: object): object {
  const columns = columnsOf(plural);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(({ name, wide }) => ({
      name,
      type: 'string',
      format: name === 'Name' ? 'name' : '',
      description: '',
      priority: wide ? 1 : 0,
    })),
    rows: items.map((item) => ({
      cells: columns.map(({ cell }) => cell(item)),
      object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: item.metadata },
    })),
  };
}
