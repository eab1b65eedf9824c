import { get, post, put } from '@api/client';
import type { AgentSettings, AgentTest } from '@api/agent';
import type { ConversationDetail, Message } from '@api/schema';
import { go } from '@/ui/route';

/** What came of a fix: words to show; that one goes on elsewhere; null when the checks themselves will tell. */
export type FixOutcome = { ok: boolean; text: string } | 'leave' | null;

const opening = (path: string) => () => {
  go(path);
  return Promise.resolve('leave' as const);
};

/** Back to the chat, to where one goes on; once the window of the checks has closed and given the focus back. */
function inTheChat(testId: string): Promise<'leave'> {
  setTimeout(() => document.querySelector<HTMLElement>(`[data-testid=${testId}]`)?.focus(), 60);
  return Promise.resolve('leave');
}

/** Every remedy the server may propose, by its word. Each does what its button says. */
export const fixes: Record<string, (conversationId: string) => Promise<FixOutcome>> = {
  unlock: async (conversationId) => {
    await post(`/admin/conversations/${conversationId}/human-override`, { locked: false });
    return null;
  },
  enable_agent: async (conversationId) => {
    const { account } = await get<ConversationDetail>(`/admin/conversations/${conversationId}`);
    const own = `/admin/channel-accounts/${account.id}/agent`;
    const { inherited, ...settings } = await get<AgentSettings>(own);
    await put(inherited ? '/admin/agent' : own, { ...settings, enabled: true });
    return null;
  },
  answer: () => inTheChat('composer'),
  run_now: async (conversationId) => {
    await post(`/admin/conversations/${conversationId}/agent/run`);
    return null;
  },
  test_model: async (conversationId) => {
    const { account } = await get<ConversationDetail>(`/admin/conversations/${conversationId}`);
    // The account's own model, or the tenant's where it has none.
    const test = await post<AgentTest>(`/admin/channel-accounts/${account.id}/agent/test`);
    return { ok: test.ok, text: [test.detail, test.next_step].filter(Boolean).join(' ') };
  },
  retry: async (conversationId) => {
    const messages = await get<Message[]>(`/admin/chats/${conversationId}/messages`);
    const failed = messages.findLast((message) => message.status === 'failed');
    if (failed) await post(`/admin/messages/${failed.id}/retry`);
    return null;
  },
  // The account's own agent, or the one it follows.
  open_agent_settings: async (conversationId) => {
    const { account } = await get<ConversationDetail>(`/admin/conversations/${conversationId}`);
    const { inherited } = await get<AgentSettings>(`/admin/channel-accounts/${account.id}/agent`);
    go(inherited ? '/agent' : `/agent/behaviour/${account.id}`);
    return 'leave';
  },
  open_knowledge: opening('/agent/knowledge'),
  open_channel: opening('/channels'),
  // The picker stands in the composer's place while the window is closed.
  open_templates: () => inTheChat('way-template'),
};
