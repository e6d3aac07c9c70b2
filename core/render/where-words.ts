import type { Diagnosis } from '../model/diagnosis.ts';
import { formatNumber } from './number.ts';

/** `shop orders/basket`, `60 Services in 12 clusters`, or `2 target groups without an owner`. */
export function formatWhere(diagnoses: Diagnosis[]): string {
  const places = new Set(diagnoses.map(({ cluster, namespace, service }) => `${cluster} ${namespace}/${service}`));
  const unowned = diagnoses.filter(({ service }) => service === null).length;
  if (unowned === diagnoses.length)
    return `${formatNumber(unowned)} target group${unowned === 1 ? '' : 's'} without an owner`;
  if (places.size === 1) return [...places][0] ?? '';
  const clusters = new Set(diagnoses.map(({ cluster }) => cluster));
  const where = clusters.size === 1 ? (diagnoses[0]?.cluster ?? 'one cluster') : `${clusters.size} clusters`;
  return `${formatNumber(places.size)} Services in ${where}`;
}
