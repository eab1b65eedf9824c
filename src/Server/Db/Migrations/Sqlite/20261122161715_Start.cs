using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace ChatOperator.Db.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Start : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "change",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    xid = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    entity_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change", x => new { x.tenant_id, x.xid, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "channel_account",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    hook = table.Column<string>(type: "TEXT", nullable: false),
                    settings = table.Column<string>(type: "TEXT", nullable: false),
                    secrets = table.Column<byte[]>(type: "BLOB", nullable: false),
                    route_key = table.Column<string>(type: "TEXT", nullable: false),
                    owner_key = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    state_reason = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    activated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    spacing_ms = table.Column<int>(type: "INTEGER", nullable: true),
                    rate_per_second = table.Column<int>(type: "INTEGER", nullable: true),
                    settle_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    on_silence = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_account", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "contact",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    display_name = table.Column<string>(type: "TEXT", nullable: false),
                    phone = table.Column<string>(type: "TEXT", nullable: false),
                    attributes = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    merged_into = table.Column<byte[]>(type: "BLOB", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "contact_identity",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    contact_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_identity", x => new { x.tenant_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "conversation",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    contact_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    channel_source = table.Column<string>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: false),
                    display_name = table.Column<string>(type: "TEXT", nullable: false),
                    phone = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_message = table.Column<string>(type: "TEXT", nullable: false),
                    last_message_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_message_id = table.Column<long>(type: "INTEGER", nullable: false),
                    last_inbound_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_inbound_id = table.Column<long>(type: "INTEGER", nullable: false),
                    window_expires_at = table.Column<long>(type: "INTEGER", nullable: true),
                    unread_count = table.Column<int>(type: "INTEGER", nullable: false),
                    read_up_to = table.Column<long>(type: "INTEGER", nullable: false),
                    lock_version = table.Column<int>(type: "INTEGER", nullable: false),
                    is_locked = table.Column<bool>(type: "INTEGER", nullable: false),
                    held_by_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    held_by = table.Column<string>(type: "TEXT", nullable: true),
                    held_why = table.Column<string>(type: "TEXT", nullable: true),
                    held_since = table.Column<long>(type: "INTEGER", nullable: true),
                    held_until = table.Column<long>(type: "INTEGER", nullable: true),
                    agent_due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    in_flight = table.Column<byte[]>(type: "BLOB", nullable: true),
                    next_send_at = table.Column<long>(type: "INTEGER", nullable: true),
                    bucket_tokens = table.Column<double>(type: "REAL", nullable: false),
                    bucket_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lane_due_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "delivery",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message_id = table.Column<long>(type: "INTEGER", nullable: false),
                    part = table.Column<int>(type: "INTEGER", nullable: false),
                    content = table.Column<string>(type: "TEXT", nullable: false),
                    reply_to = table.Column<string>(type: "TEXT", nullable: true),
                    by_agent = table.Column<bool>(type: "INTEGER", nullable: false),
                    lock_version = table.Column<int>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    not_before = table.Column<long>(type: "INTEGER", nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    attempt_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    settle_at = table.Column<long>(type: "INTEGER", nullable: true),
                    external_id = table.Column<string>(type: "TEXT", nullable: true),
                    error = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_delivery", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "delivery_attempt",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    delivery_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message_id = table.Column<long>(type: "INTEGER", nullable: false),
                    n = table.Column<int>(type: "INTEGER", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    send_deadline = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", nullable: true),
                    network_code = table.Column<string>(type: "TEXT", nullable: true),
                    external_id = table.Column<string>(type: "TEXT", nullable: true),
                    raw = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_delivery_attempt", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "external_id",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    message_id = table.Column<long>(type: "INTEGER", nullable: true),
                    delivery_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    pending_rank = table.Column<int>(type: "INTEGER", nullable: false),
                    pending_error = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_external_id", x => new { x.tenant_id, x.account_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "intake_count",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    verdict = table.Column<string>(type: "TEXT", nullable: false),
                    items = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_intake_count", x => new { x.tenant_id, x.account_id, x.day, x.verdict });
                });

            migrationBuilder.CreateTable(
                name: "message",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<long>(type: "INTEGER", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    author = table.Column<string>(type: "TEXT", nullable: false),
                    author_name = table.Column<string>(type: "TEXT", nullable: true),
                    operator_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    content = table.Column<string>(type: "TEXT", nullable: true),
                    attachments = table.Column<string>(type: "TEXT", nullable: true),
                    extra = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    arrived_at = table.Column<long>(type: "INTEGER", nullable: false),
                    external_id = table.Column<string>(type: "TEXT", nullable: true),
                    reply_to = table.Column<string>(type: "TEXT", nullable: true),
                    correlation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    status = table.Column<string>(type: "TEXT", nullable: false),
                    error = table.Column<string>(type: "TEXT", nullable: true),
                    not_before = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "number",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    next = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_number", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "receipt",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    body = table.Column<byte[]>(type: "BLOB", nullable: false),
                    compressed = table.Column<bool>(type: "INTEGER", nullable: false),
                    verdict = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    lag_ms = table.Column<int>(type: "INTEGER", nullable: true),
                    items = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_receipt", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "tenant",
                columns: table => new
                {
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    lock_on_reply = table.Column<bool>(type: "INTEGER", nullable: false),
                    send_read_receipts = table.Column<bool>(type: "INTEGER", nullable: false),
                    receipt_days = table.Column<int>(type: "INTEGER", nullable: false),
                    troubled_receipt_days = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tenant", x => x.id);
                });

            migrationBuilder.InsertData(
                table: "number",
                columns: new[] { "name", "next" },
                values: new object[,]
                {
                    { "change", 1L },
                    { "message", 1L }
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
                name: "number");

            migrationBuilder.DropTable(
                name: "receipt");

            migrationBuilder.DropTable(
                name: "tenant");
        }
    }
}
