import { addOnOf } from '../../../kubernetes/managers/add-on.ts';
import { fieldsOf } from '../../../kubernetes/managers/held-fields.ts';
import type { Filling } from '../../../model/check-result.ts';
import type { Step, Template } from '../../../model/fix.ts';
import type { Scene } from '../former.ts';
import { fragmentOf } from '../fragment.ts';
import { shellWord } from '../shell-word.ts';
import { chartValuesOf } from './chart-values.ts';
import { fieldOwner } from './field-owner.ts';
import { managedAddOn } from './managed-add-on.ts';

type Fields = { [field: string]: Template };

/**
 * The step where its change of an add-on's DaemonSet is made so that it lasts: in the configuration that EKS keeps of the add-on, with
 * all that is in it already. As it was, where EKS does not write these fields, or where its configuration is not known whole.
 */
export function withAddOn(step: Step, scene: Scene): { step: Step; values: Record<string, Filling> } {
  const asItWas = { step, values: {} };
  const { change } = step;
  const fragment = change && fragmentOf(change, scene);
  if (change === undefined || fragment === undefined) return asItWas;
  const owner = fieldOwner(fragment, fieldsOf(fragment.manifest), scene.facts);
  const addOn = managedAddOn(addOnOf(fragment), scene.facts);
  if (owner?.tool !== 'eks' || owner.chart === undefined || addOn?.configuration === undefined) return asItWas;
  const wanted = chartValuesOf(owner.chart, change, scene.values);
  if (wanted === undefined) return asItWas;
  const configuration = JSON.stringify(merged(addOn.configuration, wanted as Fields));
  if ('withheld' in shellWord(configuration, { quoted: false, startsWord: true })) return asItWas;
  return {
    step: {
      ...step,
      change: {
        aws: 'eks update-addon',
        options: {
          'cluster-name': '{cluster}',
          'addon-name': addOn.name,
          'configuration-values': '{addOnConfiguration}',
          'resolve-conflicts': 'OVERWRITE',
        },
      },
      disturbs: `The pods of ${fragment.kind.toLowerCase()}/${fragment.name} are replaced, some at a time.`,
      danger: [step.danger, overwrites(addOn)].filter((each) => each !== undefined).join(' '),
    },
    values: { addOnConfiguration: configuration },
  };
}

/** With PRESERVE a value that was set with kubectl would stay, the wrong one too (Amazon EKS API reference, UpdateAddon). */
const overwrites = ({ name }: { name: string }): string =>
  `What else was changed with kubectl in the add-on ${name} goes back to what its configuration says.`;

/** Values on top of those that are there. */
function merged(under: Fields, over: Fields): Fields {
  const both = Object.entries(over).map(([field, value]) => {
    const below = under[field];
    return [field, isFields(below) && isFields(value) ? merged(below, value) : value] as const;
  });
  return { ...under, ...Object.fromEntries(both) };
}

const isFields = (value: Template | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
