import { type Markup, markup, nothing } from '../markup.ts';

/** More for those who ask for it; nothing where there is nothing. */
export const disclosure = (summary: string, body: Markup): Markup =>
  body === nothing ? nothing : markup`<details class="more"><summary>${summary}</summary><div>${body}</div></details>`;
