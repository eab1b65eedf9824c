import { Content, List, Root, Trigger } from '@radix-ui/react-tabs';
import { go } from '@/ui/route';
import { Page } from '@/ui/Page';
import { useWords } from '@/ui/words';
import { Appearance } from './Appearance';
import { Business } from './Business';
import { Operators } from './Operators';
import { Password } from './Password';
import { Tokens } from './Tokens';
import { words } from './words';

export function Settings({ tab }: { tab: string | null }) {
  const w = useWords(words);
  const tabs = [['operators', w.operators, Operators], ['tokens', w.tokens, Tokens], ['business', w.business, Business], ['password', w.password, Password], ['appearance', w.appearance, Appearance]] as const;
  return (
    <Page title={w.title}>
      <Root value={tab ?? 'operators'} onValueChange={(value) => go(`/settings/${value}`)}>
        <List className="flex gap-1 overflow-x-auto border-b border-line px-4">
          {tabs.map(([value, label]) => (
            <Trigger key={value} value={value} data-testid={`settings-${value}`} className="border-b-2 border-transparent px-3 py-2.5 text-sm font-medium whitespace-nowrap text-ink-2 -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:text-accent">{label}</Trigger>
          ))}
        </List>
        {tabs.map(([value, , View]) => <Content key={value} value={value} className="max-w-4xl p-5 outline-none"><View /></Content>)}
      </Root>
    </Page>
  );
}
