namespace ChatOperator.Server.Tests.Operators;

/// <summary>
/// Who may what: one line for each operation. v(iewer) o(perator) O(wner) s(ervice token) P(latform administrator), and * for anybody,
/// also without credentials.
/// </summary>
internal static class AccessTable
{
    public static readonly IReadOnlyDictionary<string, string> Lines = """
        GET /healthz *
        GET /readyz *
        GET /metrics *
        GET /openapi/{documentName}.json *
        GET /media/{tenant}/{id}/{name} *
        HEAD /media/{tenant}/{id}/{name} *
        GET /webhooks/{channel}/{hook} *
        POST /webhooks/{channel}/{hook} *
        POST /widget/{key}/session *
        GET /widget/{key}/messages *
        POST /widget/{key}/messages *
        GET /widget/{key}/stream *
        POST /widget/{key}/files *
        POST /widget/{key}/receipts *
        POST /widget/{key}/typing *
        OPTIONS /widget/{key}/{rest} *

        POST /auth/sign-in *
        POST /auth/sign-out *
        GET /auth/password-rules *
        GET /auth/me voOsP
        POST /auth/password voOsP

        GET /admin/settings voOP
        PUT /admin/settings OP
        GET /admin/operators OP
        POST /admin/operators OP
        GET /admin/operators/{id} OP
        PATCH /admin/operators/{id} OP
        GET /admin/colleagues voOP
        GET /admin/tokens OP
        POST /admin/tokens OP
        GET /admin/tokens/{id} OP
        DELETE /admin/tokens/{id} OP

        GET /admin/channel-accounts voOP
        GET /admin/channel-accounts/schema voOP
        GET /admin/channel-accounts/{id} voOP
        POST /admin/channel-accounts OP
        PATCH /admin/channel-accounts/{id} OP
        DELETE /admin/channel-accounts/{id} OP
        POST /admin/channel-accounts/{id}/disable OP
        POST /admin/channel-accounts/{id}/enable OP
        POST /admin/channel-accounts/{id}/test OP

        GET /admin/chats/summary voOP
        GET /admin/chats/{id}/messages voOP
        POST /admin/chats/{id}/read oOP
        GET /admin/conversations/{id} voOP
        POST /admin/conversations/{id}/typing oOP
        GET /admin/conversations/{id}/override-history voOP
        POST /admin/conversations/{id}/request oOP
        POST /admin/conversations/{id}/human-override oOP
        GET /admin/conversations/{id}/diagnosis voOP
        GET /admin/conversations/{id}/agent voOP
        POST /admin/conversations/{id}/agent/stop oOP
        POST /admin/conversations/{id}/agent/run oOP
        DELETE /admin/conversations/{id}/draft oOP
        GET /admin/contacts/{id} voOP
        PATCH /admin/contacts/{id} oOP
        GET /admin/contacts/{id}/consent voOP
        PUT /admin/contacts/{id}/consent oOP
        GET /admin/live voOP

        POST /admin/whatsapp/send oOP
        POST /admin/attachments oOP
        DELETE /admin/attachments/{id} oOP
        GET /admin/messages/{id}/attempts voOP
        POST /admin/messages/{id}/cancel oOP
        POST /admin/messages/{id}/reaction oOP
        POST /admin/messages/{id}/send-now oOP
        POST /admin/messages/{id}/retry oOP
        PATCH /admin/messages/{id} oOP
        POST /messages/relay oOsP

        GET /admin/templates voOP
        GET /admin/templates/{id} voOP
        GET /admin/templates/catalogues voOP
        POST /admin/templates/{id}/preview voOP
        POST /admin/templates/sync oOP
        POST /admin/templates/send oOP

        GET /admin/agent voOP
        PUT /admin/agent OP
        GET /admin/agent/usage voOP
        GET /admin/agent/versions voOP
        POST /admin/agent/versions/{version}/restore OP
        POST /admin/agent/test OP
        GET /admin/agent/accounts voOP
        GET /admin/agent/tools voOP
        POST /admin/agent/tools OP
        PUT /admin/agent/tools/{id} OP
        DELETE /admin/agent/tools/{id} OP
        POST /admin/agent/playground OP
        GET /admin/channel-accounts/{id}/agent voOP
        PUT /admin/channel-accounts/{id}/agent OP
        DELETE /admin/channel-accounts/{id}/agent OP
        GET /admin/channel-accounts/{id}/agent/versions voOP
        POST /admin/channel-accounts/{id}/agent/versions/{version}/restore OP
        POST /admin/channel-accounts/{id}/agent/test OP
        GET /admin/snippets voOP
        POST /admin/snippets oOP
        PUT /admin/snippets/{id} oOP
        DELETE /admin/snippets/{id} oOP

        GET /admin/knowledge voOP
        POST /admin/knowledge OP
        GET /admin/knowledge/{id} voOP
        PUT /admin/knowledge/{id} OP
        DELETE /admin/knowledge/{id} OP
        GET /admin/knowledge/search voOP
        GET /admin/traces/{id} voOP
        GET /admin/logs/ai/{id} voOP

        GET /admin/receipts oOP
        GET /admin/receipts/{id} oOP
        GET /admin/receipts/reconciliation oOP
        GET /admin/receipts/health oOP
        POST /admin/receipts/{id}/replay OP
        POST /admin/receipts/replay OP

        GET /platform/tenants P
        POST /platform/tenants P
        GET /platform/tenants/{id} P
        GET /platform/tenants/{id}/operators P
        POST /platform/tenants/{id}/operators P
        GET /platform/tenants/{id}/operators/{operator} P
        GET /platform/tenants/{id}/tokens P
        POST /platform/tenants/{id}/tokens P
        GET /platform/tenants/{id}/tokens/{token} P
        GET /platform/receipts P
        GET /platform/receipts/{id} P
        GET /platform/receipts/reconciliation P
        POST /platform/receipts/{id}/replay P
        POST /platform/receipts/replay P
        """
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(l => (Operation: l[..l.LastIndexOf(' ')], Who: l[(l.LastIndexOf(' ') + 1)..]))
        .ToDictionary(l => l.Operation, l => l.Who);
}
