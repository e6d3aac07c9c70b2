import { raw } from './markup.ts';
import { findingStyle } from './style/finding.ts';
import { frameStyle } from './style/frame.ts';
import { mediaStyle } from './style/media.ts';

/** How the page looks: light and dark, wide and narrow, on screen and on paper. */
export const stylesheet = raw(frameStyle + findingStyle + mediaStyle);
