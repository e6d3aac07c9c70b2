/** What stands instead of a secret. */
export const blank = '[redacted]';

/** One kind of secret: how it is found, and what of the text around it stays. */
export interface SecretRule {
  kind: string;
  /**
   * Global. The groups `before` and `after` stay, the rest of the match is the secret. Linear: what is tried at one place is
   * either taken or bounded by a number, so that no text makes it look at the same character again and again.
   */
  pattern: RegExp;
  /** What stands instead of the match, where that depends on more than the form; the match itself where it holds no secret. */
  instead?(found: FoundText): string;
  /** Texts with secrets of this kind, made up, and what is left of them. */
  examples: readonly (readonly [text: string, redacted: string])[];
}

/** A match of a pattern, and what leads up to it. */
export interface FoundText {
  match: string;
  groups: Readonly<Record<string, string | undefined>>;
  /** The last characters before the match, at most `leadLength`. */
  lead: string;
}

/** Characters before a match that may say what it is. */
const leadLength = 48;

/** The text without the secrets of one rule. */
export function applyRule(text: string, { pattern, instead }: SecretRule): string {
  // Not by `replace`: with named groups that takes twice as long as one match after the other.
  let redacted = '';
  let end = 0;
  for (const { 0: match, index, groups = {} } of text.matchAll(pattern)) {
    const lead = text.slice(Math.max(0, index - leadLength), index);
    redacted += text.slice(end, index);
    redacted += instead?.({ match, groups, lead }) ?? `${groups['before'] ?? ''}${blank}${groups['after'] ?? ''}`;
    end = index + match.length;
  }
  return redacted + text.slice(end);
}
