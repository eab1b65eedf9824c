using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ChatOperator.Db.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Start : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateSequence(
                name: "message_id");

            migrationBuilder.CreateTable(
                name: "change",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    xid = table.Column<ulong>(type: "xid8", nullable: false, defaultValueSql: "pg_current_xact_id()"),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    entity_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change", x => new { x.tenant_id, x.xid, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "channel_account",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    hook = table.Column<string>(type: "text", nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: false),
                    secrets = table.Column<byte[]>(type: "bytea", nullable: false),
                    route_key = table.Column<string>(type: "text", nullable: false),
                    owner_key = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_reason = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    activated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    spacing_ms = table.Column<int>(type: "integer", nullable: true),
                    rate_per_second = table.Column<int>(type: "integer", nullable: true),
                    settle_seconds = table.Column<int>(type: "integer", nullable: false),
                    on_silence = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_account", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "contact",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: false),
                    phone = table.Column<string>(type: "text", nullable: false),
                    attributes = table.Column<string>(type: "jsonb", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "contact_identity",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_identity", x => new { x.tenant_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "conversation",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel_source = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: false),
                    phone = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_message = table.Column<string>(type: "text", nullable: false),
                    last_message_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_message_id = table.Column<long>(type: "bigint", nullable: false),
                    last_inbound_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_inbound_id = table.Column<long>(type: "bigint", nullable: false),
                    window_expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    unread_count = table.Column<int>(type: "integer", nullable: false),
                    read_up_to = table.Column<long>(type: "bigint", nullable: false),
                    lock_version = table.Column<int>(type: "integer", nullable: false),
                    is_locked = table.Column<bool>(type: "boolean", nullable: false),
                    held_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    held_by = table.Column<string>(type: "text", nullable: true),
                    held_why = table.Column<string>(type: "text", nullable: true),
                    held_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    held_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    agent_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    in_flight = table.Column<Guid>(type: "uuid", nullable: true),
                    next_send_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    bucket_tokens = table.Column<double>(type: "double precision", nullable: false),
                    bucket_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lane_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "delivery",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    part = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    reply_to = table.Column<string>(type: "text", nullable: true),
                    by_agent = table.Column<bool>(type: "boolean", nullable: false),
                    lock_version = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    not_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    attempt_id = table.Column<Guid>(type: "uuid", nullable: true),
                    settle_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    error = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_delivery", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "delivery_attempt",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: false),
                    n = table.Column<int>(type: "integer", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    send_deadline = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    network_code = table.Column<string>(type: "text", nullable: true),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    raw = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_delivery_attempt", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "external_id",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<string>(type: "text", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: true),
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: true),
                    pending_rank = table.Column<int>(type: "integer", nullable: false),
                    pending_error = table.Column<string>(type: "jsonb", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_external_id", x => new { x.tenant_id, x.account_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "intake_count",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    verdict = table.Column<string>(type: "text", nullable: false),
                    items = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intake_count", x => new { x.tenant_id, x.account_id, x.day, x.verdict });
                });

            migrationBuilder.CreateTable(
                name: "message",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    author_name = table.Column<string>(type: "text", nullable: true),
                    operator_id = table.Column<Guid>(type: "uuid", nullable: true),
                    type = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: true),
                    attachments = table.Column<string>(type: "jsonb", nullable: true),
                    extra = table.Column<string>(type: "jsonb", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    arrived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    reply_to = table.Column<string>(type: "text", nullable: true),
                    correlation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    error = table.Column<string>(type: "jsonb", nullable: true),
                    not_before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "receipt",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    compressed = table.Column<bool>(type: "boolean", nullable: false),
                    verdict = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    lag_ms = table.Column<int>(type: "integer", nullable: true),
                    items = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_receipt", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "tenant",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lock_on_reply = table.Column<bool>(type: "boolean", nullable: false),
                    send_read_receipts = table.Column<bool>(type: "boolean", nullable: false),
                    receipt_days = table.Column<int>(type: "integer", nullable: false),
                    troubled_receipt_days = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tenant", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_channel_account_channel_route_key",
                table: "channel_account",
                columns: new[] { "channel", "route_key" });

            migrationBuilder.CreateIndex(
                name: "ix_channel_account_hook",
                table: "channel_account",
                column: "hook",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_channel_account_tenant_id_channel_route_key",
                table: "channel_account",
                columns: new[] { "tenant_id", "channel", "route_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_contact_identity_tenant_id_contact_id",
                table: "contact_identity",
                columns: new[] { "tenant_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_agent_due_at",
                table: "conversation",
                column: "agent_due_at",
                filter: "agent_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_held_until",
                table: "conversation",
                column: "held_until",
                filter: "held_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_lane_due_at",
                table: "conversation",
                column: "lane_due_at",
                filter: "lane_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_account_id_contact_id",
                table: "conversation",
                columns: new[] { "tenant_id", "account_id", "contact_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_channel_source_last_message_at_id",
                table: "conversation",
                columns: new[] { "tenant_id", "channel_source", "last_message_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_is_locked_last_message_at_id",
                table: "conversation",
                columns: new[] { "tenant_id", "is_locked", "last_message_at", "id" },
                filter: "is_locked");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_last_message_at_id",
                table: "conversation",
                columns: new[] { "tenant_id", "last_message_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_delivery_tenant_id_conversation_id_id",
                table: "delivery",
                columns: new[] { "tenant_id", "conversation_id", "id" },
                filter: "status IN ('queued', 'sending', 'uncertain')");

            migrationBuilder.CreateIndex(
                name: "ix_delivery_tenant_id_message_id_part",
                table: "delivery",
                columns: new[] { "tenant_id", "message_id", "part" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_delivery_attempt_tenant_id_message_id_started_at",
                table: "delivery_attempt",
                columns: new[] { "tenant_id", "message_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_message_tenant_id_conversation_id_at_id",
                table: "message",
                columns: new[] { "tenant_id", "conversation_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_receipt_tenant_id_verdict_id",
                table: "receipt",
                columns: new[] { "tenant_id", "verdict", "id" },
                filter: "verdict <> 'applied'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "change");

            migrationBuilder.DropTable(
                name: "channel_account");

            migrationBuilder.DropTable(
                name: "contact");

            migrationBuilder.DropTable(
                name: "contact_identity");

            migrationBuilder.DropTable(
                name: "conversation");

            migrationBuilder.DropTable(
                name: "delivery");

            migrationBuilder.DropTable(
                name: "delivery_attempt");

            migrationBuilder.DropTable(
                name: "external_id");

            migrationBuilder.DropTable(
                name: "intake_count");

            migrationBuilder.DropTable(
                name: "message");

            migrationBuilder.DropTable(
                name: "receipt");

            migrationBuilder.DropTable(
                name: "tenant");

            migrationBuilder.DropSequence(
                name: "message_id");
        }
    }
}
