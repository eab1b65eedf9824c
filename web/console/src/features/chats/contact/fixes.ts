import { get, post, put } from '@api/client';
import type { AgentSettings, AgentTest } from '@api/agent';
import type { Message } from '@api/schema';
import { go } from '@/ui/route';

/** What came of a fix: words to show; null when the checks themselves will tell. */
export type FixOutcome = { ok: boolean; text: string } | null;

const opening = (path: string) => () => {
  go(path);
  return Promise.resolve(null);
};

/** Every remedy the server may propose, by its word. Each does what its button says. */
export const fixes: Record<string, (conversationId: string) => Promise<FixOutcome>> = {
  unlock: async (conversationId) => {
    await post(`/admin/conversations/${conversationId}/human-override`, { locked: false });
    return null;
  },
  enable_agent: async () => {
    const settings = await get<AgentSettings>('/admin/agent');
    await put('/admin/agent', { ...settings, enabled: true });
    return null;
  },
  run_now: async (conversationId) => {
    await post(`/admin/conversations/${conversationId}/agent/run`);
    return null;
  },
  test_model: async () => {
    const test = await post<AgentTest>('/admin/agent/test');
    return { ok: test.ok, text: [test.detail, test.next_step].filter(Boolean).join(' ') };
  },
  retry: async (conversationId) => {
    const messages = await get<Message[]>(`/admin/chats/${conversationId}/messages`);
    const failed = messages.findLast((message) => message.status === 'failed');
    if (failed) await post(`/admin/messages/${failed.id}/retry`);
    return null;
  },
  open_agent_settings: opening('/agent'),
  open_knowledge: opening('/agent/knowledge'),
  open_channel: opening('/channels'),
  open_templates: opening('/templates'),
};
