import { go } from '@/ui/route';
import { Page } from '@/ui/Page';
import { Tabs } from '@/ui/Tabs';
import { useWords } from '@/ui/words';
import { words as snippetWords } from '@/snippets/words';
import { Alerts } from './Alerts';
import { Appearance } from './Appearance';
import { Business } from './Business';
import { Operators } from './Operators';
import { Password } from './Password';
import { Snippets } from './Snippets';
import { Tokens } from './Tokens';
import { words } from './words';

export function Settings({ tab }: { tab: string | null }) {
  const w = useWords(words);
  const s = useWords(snippetWords);
  const tabs = [['operators', w.operators, Operators], ['tokens', w.tokens, Tokens], ['snippets', s.title, Snippets], ['business', w.business, Business], ['password', w.password, Password], ['alerts', w.alerts, Alerts], ['appearance', w.appearance, Appearance]] as const;
  const current = tabs.find(([value]) => value === tab) ?? tabs[0];
  const [, , View] = current;
  return (
    <Page title={w.title} fixed>
      <Tabs tabs={tabs.map(([value, label]) => ({ value, label }))} current={current[0]} onChange={(value) => go(`/settings/${value}`)} testId="settings">
        <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={0} role="region" aria-label={current[1]}><div className="max-w-4xl p-4 sm:p-5"><View /></div></div>
      </Tabs>
    </Page>
  );
}
