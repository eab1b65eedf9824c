using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Sqlite
{
    /// <summary>
    /// Accounts at Chatwoot from before their key named the installation too. The same as ConnectedAccount.RouteKeyOf says in code; an account
    /// whose full key another one has by now keeps its short one, which routes all the same.
    /// </summary>
    public partial class ScopedRouteKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                UPDATE channel_account AS a SET route_key = k.full_key
                FROM (SELECT tenant_id, id, json_extract(settings, '$.inbox_id') || '@' || lower(rtrim(json_extract(settings, '$.account_id'), '/')) || '@'
                        || lower(rtrim(coalesce(nullif(json_extract(settings, '$.base_url'), ''), 'https://app.chatwoot.com'), '/')) AS full_key
                    FROM channel_account WHERE channel = 'chatwoot' AND route_key = json_extract(settings, '$.inbox_id')) AS k
                WHERE a.tenant_id = k.tenant_id AND a.id = k.id AND NOT EXISTS (
                    SELECT 1 FROM channel_account o WHERE o.tenant_id = a.tenant_id AND o.channel = 'chatwoot' AND o.route_key = k.full_key);
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Nothing: older versions read both.
        }
    }
}
