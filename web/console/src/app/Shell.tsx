import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { Session } from '@api/schema';
import { Chats } from '@/features/chats/Chats';
import { Alerts } from '@/features/chats/Alerts';
import { Desk } from '@/features/chats/desk';
import { Feed } from '@/live/feed';
import { SessionContext } from '@/live/session';
import { Skeleton } from '@/ui/States';
import { usePreferences } from '@/ui/preferences';
import { Boundary } from '@/ui/Boundary';
import { go, Link, useRoute } from '@/ui/route';
import { useKeys } from '@/ui/keys';
import { useWords } from '@/ui/words';
import { ConnectionBanner } from './ConnectionBanner';
import { Navigation } from './Navigation';
import { Palette } from './palette/Palette';
import { usePaletteKey } from './palette/usePaletteKey';
import { PausedAccounts } from './PausedAccounts';
import { Shortcuts } from './Shortcuts';
import { words } from './words';

const Agents = lazy(async () => ({ default: (await import('@/features/agents/Agents')).Agents }));
const Templates = lazy(async () => ({ default: (await import('@/features/templates/Templates')).Templates }));
const Traces = lazy(async () => ({ default: (await import('@/features/traces/Traces')).Traces }));
const Receipts = lazy(async () => ({ default: (await import('@/features/receipts/Receipts')).Receipts }));
const Channels = lazy(async () => ({ default: (await import('@/features/channels/Channels')).Channels }));
const Settings = lazy(async () => ({ default: (await import('@/features/settings/Settings')).Settings }));
const Tenants = lazy(async () => ({ default: (await import('@/features/tenants/Tenants')).Tenants }));

/** Everything behind the sign-in page: navigation, the page of the address, and what lives as long as the session. */
export function Shell({ session, onLeave }: { session: Session; onLeave: () => void }) {
  const [live, setLive] = useState<{ feed: Feed; desk: Desk } | null>(null);
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  const { operator } = session;
  const { language } = usePreferences();

  useEffect(() => {
    const feed = new Feed(`live:${operator.id}`);
    const desk = new Desk(operator.id, feed);
    setLive({ feed, desk });
    return () => {
      desk.close();
      feed.close();
    };
    // In another language the server has other words for what went wrong: all is read anew.
  }, [operator.id, language]);
  const openPalette = useCallback(() => setPalette(true), []);
  useKeys({ '?': () => setHelp(true) });
  usePaletteKey(openPalette);

  const route = useRoute();
  useEffect(() => {
    if (route.length === 0) go('/chats', 'replace');
  }, [route.length]);

  if (!live) return null;
  const inThread = route[0] === 'chats' && route.length > 1;
  return (
    <SessionContext value={{ session, feed: live.feed }}>
      <SkipLinks page={route[0] === 'chats' ? (inThread ? 'chat' : 'chats') : 'other'} />
      <div className="flex h-full flex-col">
        <ConnectionBanner />
        <PausedAccounts />
        <div className="flex min-h-0 flex-1 max-lg:flex-col-reverse">
          <Navigation current={route[0] ?? 'chats'} hiddenOnPhone={inThread} onLeave={onLeave} onHelp={() => setHelp(true)} onPalette={openPalette} />
          <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 outline-none">
            <Boundary key={route[0]}>
              <Suspense fallback={<div className="flex-1 bg-surface"><Skeleton rows={6} className="h-10" /></div>}>
                <Page route={route} desk={live.desk} admin={operator.platform_admin} />
              </Suspense>
            </Boundary>
          </main>
        </div>
      </div>
      <Alerts desk={live.desk} />
      {palette && <Palette onClose={() => setPalette(false)} />}
      {help && <Shortcuts onClose={() => setHelp(false)} />}
    </SessionContext>
  );
}

function Page({ route: [name, first, second, third], desk, admin }: { route: string[]; desk: Desk; admin: boolean }) {
  const w = useWords(words);
  switch (name) {
    case 'chats': return <Chats desk={desk} chatId={first ?? null} page={second ?? null} place={third ?? null} />;
    case 'agent': return <Agents tab={first ?? null} account={second ?? null} />;
    case 'templates': return <Templates id={first ?? null} onOpen={(id) => go(id ? `/templates/${id}` : '/templates')} />;
    case 'traces': return <Traces id={first ?? null} />;
    case 'receipts': return <Receipts />;
    case 'channels': return <Channels />;
    case 'settings': return <Settings tab={first ?? null} />;
    case 'tenants': if (admin) return <Tenants />;
  }
  return <div className="m-auto text-center"><h1 className="text-lg font-semibold">{w.notFound}</h1><Link to="/chats" className="text-accent underline">{w.toChats}</Link></div>;
}

function SkipLinks({ page }: { page: 'chat' | 'chats' | 'other' }) {
  const w = useWords(words);
  const to = (id: string) => (event: React.MouseEvent) => {
    event.preventDefault();
    document.getElementById(id)?.focus();
  };
  const list = ['chat-list', w.skipList];
  const links = page === 'chat' ? [list, ['thread', w.skipThread], ['composer', w.skipComposer]] : page === 'chats' ? [list] : [['main', w.skipMain]];
  return <nav aria-label={w.skip}>{links.map(([id, label]) => <a key={id} href={`#${id}`} className="skip" onClick={to(id!)}>{label}</a>)}</nav>;
}
