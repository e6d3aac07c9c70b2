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
  return text.replace(pattern, (match: string, ...rest: unknown[]) => {
    const last = rest.at(-1);
    const groups = typeof last === 'object' && last !== null ? (last as FoundText['groups']) : {};
    if (instead === undefined) return `${groups['before'] ?? ''}${blank}${groups['after'] ?? ''}`;
    const offset = Number(rest.find((each) => typeof each === 'number'));
    return instead({ match, groups, lead: text.slice(Math.max(0, offset - leadLength), offset) });
  });
}
