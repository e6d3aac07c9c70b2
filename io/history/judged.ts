import type { WorthReading } from '../../core/diagnosis/measured/worth-reading.ts';
import type { Facts } from '../../core/model/facts.ts';

/** Facts with what is worth reading about them. */
export interface Judged {
  facts: Facts;
  worth: WorthReading;
}
