/** Buttons under an incident in Slack: what they are called there, and for how many hours they mute it, if they do. */
export const slackButtons = [
  { action: 'mute-1h', label: 'Mute 1 hour', muteHours: 1 },
  { action: 'mute-1d', label: 'Mute 1 day', muteHours: 24 },
  { action: 'mute-1w', label: 'Mute 1 week', muteHours: 168 },
  { action: 'recheck', label: 'Check again', muteHours: null },
];

/** What a button carries: the VPC of the auditor, and the key of the incident. */
export interface ButtonValue {
  vpcId: string;
  incident: string;
}

export const writeButtonValue = ({ vpcId, incident }: ButtonValue): string => `${vpcId} ${incident}`;

/** `null` for a text that is no value of such a button. */
export function readButtonValue(text: string): ButtonValue | null {
  const gap = text.indexOf(' ');
  return gap < 1 || gap === text.length - 1 ? null : { vpcId: text.slice(0, gap), incident: text.slice(gap + 1) };
}
