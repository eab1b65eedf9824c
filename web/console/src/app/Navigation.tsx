import { Bot, Building2, Cable, Inbox, LayoutTemplate, ReceiptText, Search, Settings2, type LucideIcon } from 'lucide-react';
import { useSession } from '@/live/session';
import { IconButton } from '@/ui/Button';
import { Link } from '@/ui/route';
import { useWords } from '@/ui/words';
import { AccountMenu } from './AccountMenu';
import { paletteKey } from './palette/usePaletteKey';
import { words } from './words';

interface NavigationProps {
  current: string;
  hiddenOnPhone: boolean;
  onLeave: () => void;
  onHelp: () => void;
  onPalette: () => void;
}

/** A rail at the side; on a phone a bar at the bottom, out of the way while a chat is open. */
export function Navigation({ current, hiddenOnPhone, onLeave, onHelp, onPalette }: NavigationProps) {
  const w = useWords(words);
  const { session } = useSession();
  const pages: [string, string, LucideIcon][] = [
    ['chats', w.chats, Inbox], ['agent', w.agent, Bot], ['templates', w.templates, LayoutTemplate], ['receipts', w.receipts, ReceiptText], ['channels', w.channels, Cable], ['settings', w.settings, Settings2],
    ...(session.operator.platform_admin ? [['tenants', w.tenants, Building2] as [string, string, LucideIcon]] : []),
  ];
  return (
    <nav
      aria-label={w.nav}
      className={`flex shrink-0 items-center border-line bg-surface-2 max-lg:justify-around max-lg:border-t max-lg:pb-[env(safe-area-inset-bottom)] lg:w-[4.75rem] lg:flex-col lg:gap-1 lg:border-r lg:py-3
        ${hiddenOnPhone ? 'max-lg:hidden' : ''}`}
    >
      <img src="/favicon.svg" alt="Chat Operator" className="mb-3 size-8 max-lg:hidden" />
      {pages.map(([name, label, Icon]) => (
        <Link
          key={name} to={`/${name}`} title={label} aria-current={current === name ? 'page' : undefined} data-testid={`nav-${name}`}
          className={`grid h-12 min-w-0 flex-1 place-items-center content-center gap-1 rounded-xl transition-colors max-lg:my-1 lg:h-13 lg:w-16 lg:flex-none ${current === name ? 'bg-accent-soft text-accent' : 'text-ink-2 hover:bg-surface-3 hover:text-ink'}`}
        >
          <Icon aria-hidden className="size-5" />
          <span className="w-full truncate text-center text-[0.625rem] leading-3 font-medium max-lg:tracking-tighter max-[22rem]:sr-only">{label}</span>
        </Link>
      ))}
      <span className="lg:mt-auto" />
      <IconButton label={w.palette} hint={paletteKey} data-testid="open-palette" className="max-lg:hidden" onClick={onPalette}><Search aria-hidden /></IconButton>
      <AccountMenu onLeave={onLeave} onHelp={onHelp} />
    </nav>
  );
}
