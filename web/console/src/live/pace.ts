import type { Feed } from './feed';

/** How long to wait between two polls: the given pace alone, three times as long while push works, a minute in a hidden tab. */
export const pace = (feed: Feed, ms: number) => () => {
  const alone = feed.connected ? ms * 3 : ms;
  return document.hidden ? Math.max(alone, 60_000) : alone;
};
