import type { ChannelSource } from '@api/schema';

/** One place that knows how a network looks: colour and glyph. Unknown ones look like the web. */
const looks: Record<ChannelSource, { name: string; edge: string; fill: string; glyph: string }> = {
  whatsapp: {
    name: 'WhatsApp', edge: 'border-l-whatsapp', fill: 'bg-whatsapp',
    glyph: 'M12 4.2a7.7 7.7 0 0 0-6.6 11.7L4.3 19.7l3.9-1A7.7 7.7 0 1 0 12 4.2Zm-2.6 4c.4 0 .5 0 .7.5l.6 1.5c.1.3 0 .5-.5 1.1.6 1.3 1.5 2.1 2.8 2.7.6-.7.8-.9 1.1-.8l1.6.8c.4.2.4.4.2 1-.3.8-1.2 1.2-2 1.1-2.7-.4-5.6-3.2-6-5.7-.2-1 .5-2.2 1.5-2.2Z',
  },
  instagram: {
    name: 'Instagram', edge: 'border-l-instagram', fill: 'bg-instagram',
    glyph: 'M8.5 4.5h7a4 4 0 0 1 4 4v7a4 4 0 0 1-4 4h-7a4 4 0 0 1-4-4v-7a4 4 0 0 1 4-4Zm0 1.8a2.2 2.2 0 0 0-2.2 2.2v7a2.2 2.2 0 0 0 2.2 2.2h7a2.2 2.2 0 0 0 2.2-2.2v-7a2.2 2.2 0 0 0-2.2-2.2h-7ZM12 8.4a3.6 3.6 0 1 1 0 7.2 3.6 3.6 0 0 1 0-7.2Zm0 1.8a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Zm3.8-3a1 1 0 1 1 0 2 1 1 0 0 1 0-2Z',
  },
  facebook: {
    name: 'Messenger', edge: 'border-l-facebook', fill: 'bg-facebook',
    glyph: 'M12 4.3c-4.4 0-7.8 3.1-7.8 7.2 0 2.2.9 4 2.4 5.3v2.9l2.7-1.4c.9.2 1.8.4 2.7.4 4.4 0 7.8-3.1 7.8-7.2s-3.4-7.2-7.8-7.2Zm-4.6 9.3L11 9.8l2.1 2 3.4-2-3.6 3.8-2-2-3.5 2Z',
  },
  web: {
    name: 'Web', edge: 'border-l-web', fill: 'bg-web',
    glyph: 'M12 4.4a7.6 7.6 0 1 1 0 15.2 7.6 7.6 0 0 1 0-15.2Zm-1.6 2.2A5.9 5.9 0 0 0 6.2 11h2.6c.1-1.7.7-3.3 1.6-4.4Zm3.2 0c.9 1.1 1.5 2.7 1.6 4.4h2.6a5.9 5.9 0 0 0-4.2-4.4ZM12 6.7c-.7.7-1.4 2.3-1.5 4.3h3c-.1-2-.8-3.6-1.5-4.3ZM6.2 13a5.9 5.9 0 0 0 4.2 4.4A8.4 8.4 0 0 1 8.8 13H6.2Zm4.3 0c.1 2 .8 3.6 1.5 4.3.7-.7 1.4-2.3 1.5-4.3h-3Zm4.7 0a8.4 8.4 0 0 1-1.6 4.4 5.9 5.9 0 0 0 4.2-4.4h-2.6Z',
  },
};

export const channelSources = Object.keys(looks) as ChannelSource[];
export const channelLook = (source: string) => looks[source as ChannelSource] ?? { ...looks.web, name: source };

export function ChannelMark({ source, className = 'size-4' }: { source: string; className?: string }) {
  const look = channelLook(source);
  return (
    <svg viewBox="0 0 24 24" role="img" aria-label={look.name} className={`rounded-full ${look.fill} ${className}`}>
      <path d={look.glyph} className="fill-surface" transform="translate(2.4 2.4) scale(.8)" fillRule="evenodd" />
    </svg>
  );
}
