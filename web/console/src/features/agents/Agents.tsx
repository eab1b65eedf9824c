import { useQuery } from '@tanstack/react-query';
import { get } from '@api/client';
import type { ChannelAccount } from '@api/schema';
import { useSession } from '@/live/session';
import { Page } from '@/ui/Page';
import { go } from '@/ui/route';
import { Tabs } from '@/ui/Tabs';
import { useWords } from '@/ui/words';
import { Knowledge } from './knowledge/Knowledge';
import { Playground } from './playground/Playground';
import { Behaviour } from './settings/Behaviour';
import type { Whose } from './settings/draft';
import { useAgentEditor } from './settings/draft';
import { Versions } from './settings/Versions';
import { Tools } from './tools/Tools';
import { Usage } from './usage/Usage';
import { words } from './words';

const ofAnAccount = new Set(['behaviour', 'playground', 'versions', 'usage']);

/** The agent: how it behaves, what it knows, what it can do, and a place to talk to it before customers do. */
export function Agents({ tab, account: whose }: { tab: string | null; account: Whose }) {
  const w = useWords(words);
  const { session: { operator } } = useSession();
  const mayManage = operator.role === 'owner' || operator.platform_admin;
  const { dirty } = useAgentEditor(whose);
  const current = tab ?? 'behaviour';
  // Whose agent it is stands in the address, so that others can point at it.
  const show = (shown: string, of: Whose) => go(of ? `/agent/${shown}/${of}` : shown === 'behaviour' ? '/agent' : `/agent/${shown}`);
  const tabs = [
    { value: 'behaviour', label: w.settings, mark: dirty ? <span role="img" aria-label={w.unsaved} title={w.unsaved} className="size-1.5 rounded-full bg-warn" /> : null },
    { value: 'knowledge', label: w.knowledge }, { value: 'tools', label: w.tools }, { value: 'playground', label: w.playground }, { value: 'versions', label: w.versions }, { value: 'usage', label: w.usage },
  ];
  return (
    <Page title={w.title} lead={w.lead} actions={ofAnAccount.has(current) && <Scope whose={whose} onChange={(of) => show(current, of)} />} fixed>
      <Tabs tabs={tabs} current={current} onChange={(value) => show(value, whose)} testId="agent">
        {current === 'behaviour' && <Behaviour key={whose} whose={whose} mayManage={mayManage} />}
        {current === 'knowledge' && <Knowledge mayManage={mayManage} />}
        {current === 'tools' && <Tools mayManage={mayManage} />}
        {current === 'playground' && <Playground key={whose} whose={whose} mayManage={mayManage} />}
        {current === 'versions' && <Versions key={whose} whose={whose} mayManage={mayManage} />}
        {current === 'usage' && <Usage whose={whose} />}
      </Tabs>
    </Page>
  );
}

/** The business's agent, or that of one account. One account alone needs no choice. */
function Scope({ whose, onChange }: { whose: Whose; onChange: (whose: Whose) => void }) {
  const w = useWords(words);
  const { data } = useQuery({ queryKey: ['channel-accounts'], queryFn: () => get<ChannelAccount[]>('/admin/channel-accounts'), staleTime: 60_000 });
  if (!data || data.length === 0) return null;
  return (
    <select aria-label={w.whose} data-testid="agent-whose" value={whose ?? ''} onChange={(event) => onChange(event.target.value || null)} className="input w-auto max-w-56">
      <option value="">{w.business}</option>
      {data.map((account) => <option key={account.id} value={account.id}>{account.name}</option>)}
    </select>
  );
}
