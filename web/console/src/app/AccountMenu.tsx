import { Content, Item, ItemIndicator, Label, Portal, RadioGroup, RadioItem, Root, Separator, Trigger } from '@radix-ui/react-dropdown-menu';
import { Check, Keyboard, LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { post } from '@api/client';
import { useSession } from '@/live/session';
import { Avatar } from '@/ui/Avatar';
import { preferences, usePreferences, type Language, type Theme } from '@/ui/preferences';
import { toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { words } from './words';

const label = 'px-2.5 pt-2 pb-1 text-2xs font-semibold text-ink-3';

export function AccountMenu({ onLeave, onHelp }: { onLeave: () => void; onHelp: () => void }) {
  const w = useWords(words);
  const { session: { operator, tenant } } = useSession();
  const { theme, language } = usePreferences();
  const leave = () => void post('/auth/sign-out').then(onLeave, toastProblem);
  return (
    <Root modal={false}>
      <Trigger aria-label={w.account} data-testid="account-menu" className="rounded-full p-1"><Avatar name={operator.name} size="size-8 text-xs" /></Trigger>
      <Portal>
        <Content className="menu w-60" side="right" align="end" sideOffset={8} collisionPadding={8}>
          <div className="px-2.5 py-2">
            <p className="truncate text-sm font-semibold">{operator.name}</p>
            <p className="truncate text-xs text-ink-2">{operator.email}</p>
            <p className="truncate text-xs text-ink-3">{tenant.name}</p>
          </div>
          <Separator className="my-1 h-px bg-line" />
          <Label className={label}>{w.theme}</Label>
          <RadioGroup value={theme} onValueChange={(value) => preferences.set({ theme: value as Theme })}>
            <Choice value="system">{w.system}</Choice>
            <Choice value="light">{w.light}</Choice>
            <Choice value="dark">{w.dark}</Choice>
          </RadioGroup>
          <Label className={label}>{w.language}</Label>
          <RadioGroup value={language} onValueChange={(value) => preferences.set({ language: value as Language })}>
            <Choice value="en">English</Choice>
            <Choice value="es">Español</Choice>
          </RadioGroup>
          <Separator className="my-1 h-px bg-line" />
          <Item className="menu-item" onSelect={onHelp}><Keyboard aria-hidden />{w.help}<kbd className="ml-auto text-2xs text-ink-3">?</kbd></Item>
          <Item className="menu-item" data-testid="sign-out" onSelect={leave}><LogOut aria-hidden />{w.signOut}</Item>
        </Content>
      </Portal>
    </Root>
  );
}

function Choice({ value, children }: { value: string; children: ReactNode }) {
  return (
    <RadioItem value={value} className="menu-item" onSelect={(event) => event.preventDefault()}>
      {children}
      <ItemIndicator className="ml-auto"><Check aria-hidden /></ItemIndicator>
    </RadioItem>
  );
}
