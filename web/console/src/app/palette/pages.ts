import { useSession } from '@/live/session';
import { preferences, usePreferences } from '@/ui/preferences';
import type { Command } from '@/ui/commands';
import { go } from '@/ui/route';
import { useWords } from '@/ui/words';
import { words as snippets } from '@/snippets/words';
import { words as shell } from '../words';
import { words } from './words';

/** Every page by its name, and what can be changed from anywhere. */
export function usePages(): Command[] {
  const w = useWords(shell);
  const p = useWords(words);
  const s = useWords(snippets);
  const { session: { operator } } = useSession();
  const { language } = usePreferences();
  const page = (path: string, label: string): Command => ({ id: path, label, run: () => go(path) });
  return [
    page('/chats', w.chats), page('/agent', w.agent), page('/agent/knowledge', p.knowledge), page('/agent/playground', p.playground), page('/templates', w.templates),
    page('/receipts', w.receipts), page('/traces', p.traces), page('/channels', w.channels), page('/settings', w.settings), page('/settings/snippets', s.title), page('/settings/alerts', p.alerts), page('/settings/appearance', p.appearance),
    ...(operator.platform_admin ? [page('/tenants', w.tenants)] : []),
    { id: 'theme-light', label: p.light, run: () => preferences.set({ theme: 'light' }) },
    { id: 'theme-dark', label: p.dark, run: () => preferences.set({ theme: 'dark' }) },
    { id: 'language', label: p.other, run: () => preferences.set({ language: language === 'es' ? 'en' : 'es' }) },
  ];
}
