import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { KnownBlock } from '@slack/types';

/** The blocks of a message as Slack's own package declares them. */
export type SlackBlocks = KnownBlock[];

/** A card as Microsoft's own package for Teams declares it. */
export type TeamsCard = IAdaptiveCard;
