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
                name: "account_removal",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_removal", x => new { x.tenant_id, x.account_id });
                });

            migrationBuilder.CreateTable(
                name: "agent_tool",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    method = table.Column<string>(type: "text", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false),
                    header_names = table.Column<string>(type: "jsonb", nullable: false),
                    header_values = table.Column<byte[]>(type: "bytea", nullable: false),
                    parameters = table.Column<string>(type: "jsonb", nullable: false),
                    timeout_ms = table.Column<int>(type: "integer", nullable: false),
                    has_effects = table.Column<bool>(type: "boolean", nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    may_reach_private = table.Column<bool>(type: "boolean", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agent_tool", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "agent_turn",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    lock_version = table.Column<int>(type: "integer", nullable: false),
                    up_to_id = table.Column<long>(type: "bigint", nullable: false),
                    restarts = table.Column<int>(type: "integer", nullable: false),
                    agent_account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    agent_version = table.Column<int>(type: "integer", nullable: false),
                    model = table.Column<string>(type: "text", nullable: false),
                    input_tokens = table.Column<long>(type: "bigint", nullable: false),
                    output_tokens = table.Column<long>(type: "bigint", nullable: false),
                    cost = table.Column<decimal>(type: "numeric(18,8)", precision: 18, scale: 8, nullable: true),
                    latency_ms = table.Column<int>(type: "integer", nullable: false),
                    message_id = table.Column<long>(type: "bigint", nullable: true),
                    deed = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    log = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agent_turn", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "agent_version",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    is_current = table.Column<bool>(type: "boolean", nullable: false),
                    inherits = table.Column<bool>(type: "boolean", nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: false),
                    api_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    may_reach_private = table.Column<bool>(type: "boolean", nullable: false),
                    activated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agent_version", x => new { x.tenant_id, x.account_id, x.version });
                });

            migrationBuilder.CreateTable(
                name: "api_token",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    is_platform_administrator = table.Column<bool>(type: "boolean", nullable: false),
                    is_bootstrap = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_token", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "attachment",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    message_id = table.Column<long>(type: "bigint", nullable: true),
                    position = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    voice = table.Column<bool>(type: "boolean", nullable: false),
                    caption = table.Column<string>(type: "text", nullable: true),
                    file_name = table.Column<string>(type: "text", nullable: true),
                    mime_type = table.Column<string>(type: "text", nullable: true),
                    size = table.Column<long>(type: "bigint", nullable: true),
                    sha256 = table.Column<byte[]>(type: "bytea", nullable: true),
                    width = table.Column<int>(type: "integer", nullable: true),
                    height = table.Column<int>(type: "integer", nullable: true),
                    duration_ms = table.Column<int>(type: "integer", nullable: true),
                    has_thumbnail = table.Column<bool>(type: "boolean", nullable: false),
                    source = table.Column<string>(type: "jsonb", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fetch_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    tries = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attachment", x => new { x.tenant_id, x.id });
                });

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
                name: "change_epoch",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_epoch", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "change_pruned",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    xid = table.Column<ulong>(type: "xid8", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_pruned", x => x.tenant_id);
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
                    on_silence = table.Column<string>(type: "text", nullable: false),
                    token_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    token_failure = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    token_failed_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, defaultValue: ""),
                    may_reach_private = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_account", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "consent_record",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    category = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    opted_in = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "text", nullable: true),
                    detail = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consent_record", x => new { x.tenant_id, x.id });
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
                    picture_url = table.Column<string>(type: "text", nullable: false, defaultValue: ""),
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
                    has_held = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    echo_held_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    delivered_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    profile_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
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
                    held = table.Column<bool>(type: "boolean", nullable: false, defaultValue: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    attempt_id = table.Column<Guid>(type: "uuid", nullable: true),
                    settle_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    failed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "jsonb", nullable: true),
                    awaits_marks = table.Column<bool>(type: "boolean", nullable: false, defaultValue: true),
                    is_open = table.Column<bool>(type: "boolean", nullable: false, computedColumnSql: "status IN ('queued', 'sending', 'uncertain')", stored: true),
                    may_be_marked = table.Column<bool>(type: "boolean", nullable: false, computedColumnSql: "awaits_marks AND status IN ('sent', 'delivered')", stored: true)
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
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    settled_by = table.Column<string>(type: "text", nullable: true),
                    network_code = table.Column<string>(type: "text", nullable: true),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    raw = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_delivery_attempt", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "draft",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    correlation_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_draft", x => new { x.tenant_id, x.conversation_id });
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
                    pending_changes = table.Column<string>(type: "jsonb", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_external_id", x => new { x.tenant_id, x.account_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "held_echo",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: true),
                    extra = table.Column<string>(type: "jsonb", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    arrived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reply_to = table.Column<string>(type: "text", nullable: true),
                    correlation_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_held_echo", x => new { x.tenant_id, x.account_id, x.external_id });
                });

            migrationBuilder.CreateTable(
                name: "idempotency_key",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    endpoint = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    body_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    answer = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_key", x => new { x.tenant_id, x.endpoint, x.key });
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
                name: "knowledge_entry",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_knowledge_entry", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "knowledge_passage",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    heading = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_knowledge_passage", x => new { x.tenant_id, x.entry_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "knowledge_word",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    word = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    in_title = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_knowledge_word", x => new { x.tenant_id, x.word, x.entry_id, x.number });
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
                name: "network_upload",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    attachment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    media_id = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_network_upload", x => new { x.tenant_id, x.attachment_id, x.account_id });
                });

            migrationBuilder.CreateTable(
                name: "operator",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    is_platform_administrator = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    disabled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_sign_in_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operator", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "override_event",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    why = table.Column<string>(type: "text", nullable: true),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    correlation_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_override_event", x => new { x.tenant_id, x.conversation_id, x.id });
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
                    items = table.Column<string>(type: "jsonb", nullable: false),
                    signature = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_receipt", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "search_mark",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    cursor = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    built_up_to = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_mark", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "session",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    operator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session", x => new { x.tenant_id, x.hash });
                });

            migrationBuilder.CreateTable(
                name: "sign_in_failures",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject = table.Column<byte[]>(type: "bytea", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    first_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    locked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_in_failures", x => new { x.tenant_id, x.subject });
                });

            migrationBuilder.CreateTable(
                name: "snippet",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_snippet", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "template",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    owner_key = table.Column<string>(type: "text", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    quality = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true),
                    named = table.Column<bool>(type: "boolean", nullable: false),
                    components = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_template", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "template_catalogue",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    owner_key = table.Column<string>(type: "text", nullable: false),
                    synced_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    failure = table.Column<string>(type: "jsonb", nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_template_catalogue", x => new { x.tenant_id, x.channel, x.owner_key });
                });

            migrationBuilder.CreateTable(
                name: "template_change",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    template_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    fields = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_template_change", x => new { x.tenant_id, x.id });
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
                    troubled_receipt_days = table.Column<int>(type: "integer", nullable: false),
                    trace_days = table.Column<int>(type: "integer", nullable: false),
                    media_days = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tenant", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_agent_tool_tenant_id_name",
                table: "agent_tool",
                columns: new[] { "tenant_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agent_turn_tenant_id_conversation_id_started_at",
                table: "agent_turn",
                columns: new[] { "tenant_id", "conversation_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_agent_turn_tenant_id_started_at",
                table: "agent_turn",
                columns: new[] { "tenant_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ix_agent_version_is_current",
                table: "agent_version",
                column: "is_current",
                filter: "is_current");

            migrationBuilder.CreateIndex(
                name: "ix_api_token_hash",
                table: "api_token",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_attachment_created_at",
                table: "attachment",
                column: "created_at",
                filter: "message_id IS NULL AND kind <> 'portrait'");

            migrationBuilder.CreateIndex(
                name: "ix_attachment_due_at",
                table: "attachment",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_attachment_tenant_id_conversation_id",
                table: "attachment",
                columns: new[] { "tenant_id", "conversation_id" },
                filter: "kind = 'portrait'");

            migrationBuilder.CreateIndex(
                name: "ix_attachment_tenant_id_created_at",
                table: "attachment",
                columns: new[] { "tenant_id", "created_at" },
                filter: "state = 'stored'");

            migrationBuilder.CreateIndex(
                name: "ix_attachment_tenant_id_message_id_position",
                table: "attachment",
                columns: new[] { "tenant_id", "message_id", "position" },
                filter: "message_id IS NOT NULL");

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
                name: "ix_consent_record_tenant_id_contact_id",
                table: "consent_record",
                columns: new[] { "tenant_id", "contact_id" });

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
                name: "ix_conversation_profile_due_at",
                table: "conversation",
                column: "profile_due_at",
                filter: "profile_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_account_id_address",
                table: "conversation",
                columns: new[] { "tenant_id", "account_id", "address" },
                filter: "channel_source <> 'whatsapp'");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_account_id_contact_id",
                table: "conversation",
                columns: new[] { "tenant_id", "account_id", "contact_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_channel_source_last_message_at_id",
                table: "conversation",
                columns: new[] { "tenant_id", "channel_source", "last_message_at", "id" },
                filter: "channel_source <> 'whatsapp'");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_is_locked_last_message_at_id",
                table: "conversation",
                columns: new[] { "tenant_id", "is_locked", "last_message_at", "id" },
                filter: "is_locked");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_last_message_at_id_channel_source",
                table: "conversation",
                columns: new[] { "tenant_id", "last_message_at", "id", "channel_source" });

            migrationBuilder.CreateIndex(
                name: "ix_delivery_tenant_id_conversation_id",
                table: "delivery",
                columns: new[] { "tenant_id", "conversation_id" },
                filter: "may_be_marked");

            migrationBuilder.CreateIndex(
                name: "ix_delivery_tenant_id_conversation_id_message_id_part",
                table: "delivery",
                columns: new[] { "tenant_id", "conversation_id", "message_id", "part" },
                filter: "is_open");

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
                name: "ix_external_id_at",
                table: "external_id",
                column: "at",
                filter: "pending_changes IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_key_at",
                table: "idempotency_key",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_knowledge_word_tenant_id_entry_id",
                table: "knowledge_word",
                columns: new[] { "tenant_id", "entry_id" });

            migrationBuilder.CreateIndex(
                name: "ix_message_tenant_id_conversation_id_at_id",
                table: "message",
                columns: new[] { "tenant_id", "conversation_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_message_tenant_id_correlation_id",
                table: "message",
                columns: new[] { "tenant_id", "correlation_id" },
                filter: "author <> 'contact'");

            migrationBuilder.CreateIndex(
                name: "ix_operator_email",
                table: "operator",
                column: "email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_receipt_tenant_id_verdict_id",
                table: "receipt",
                columns: new[] { "tenant_id", "verdict", "id" },
                filter: "verdict <> 'applied'");

            migrationBuilder.CreateIndex(
                name: "ix_session_hash",
                table: "session",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_session_tenant_id_operator_id",
                table: "session",
                columns: new[] { "tenant_id", "operator_id" });

            migrationBuilder.CreateIndex(
                name: "ix_snippet_tenant_id_name",
                table: "snippet",
                columns: new[] { "tenant_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_template_tenant_id_channel_owner_key_external_id",
                table: "template",
                columns: new[] { "tenant_id", "channel", "owner_key", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_template_catalogue_due_at",
                table: "template_catalogue",
                column: "due_at");

            migrationBuilder.CreateIndex(
                name: "ix_template_change_tenant_id_template_id_at",
                table: "template_change",
                columns: new[] { "tenant_id", "template_id", "at" });

            AddByHand(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE message_search; DROP TABLE conversation_search;");

            migrationBuilder.DropTable(
                name: "account_removal");

            migrationBuilder.DropTable(
                name: "agent_tool");

            migrationBuilder.DropTable(
                name: "agent_turn");

            migrationBuilder.DropTable(
                name: "agent_version");

            migrationBuilder.DropTable(
                name: "api_token");

            migrationBuilder.DropTable(
                name: "attachment");

            migrationBuilder.DropTable(
                name: "change");

            migrationBuilder.DropTable(
                name: "change_epoch");

            migrationBuilder.DropTable(
                name: "change_pruned");

            migrationBuilder.DropTable(
                name: "channel_account");

            migrationBuilder.DropTable(
                name: "consent_record");

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
                name: "draft");

            migrationBuilder.DropTable(
                name: "external_id");

            migrationBuilder.DropTable(
                name: "held_echo");

            migrationBuilder.DropTable(
                name: "idempotency_key");

            migrationBuilder.DropTable(
                name: "intake_count");

            migrationBuilder.DropTable(
                name: "knowledge_entry");

            migrationBuilder.DropTable(
                name: "knowledge_passage");

            migrationBuilder.DropTable(
                name: "knowledge_word");

            migrationBuilder.DropTable(
                name: "message");

            migrationBuilder.DropTable(
                name: "network_upload");

            migrationBuilder.DropTable(
                name: "operator");

            migrationBuilder.DropTable(
                name: "override_event");

            migrationBuilder.DropTable(
                name: "receipt");

            migrationBuilder.DropTable(
                name: "search_mark");

            migrationBuilder.DropTable(
                name: "session");

            migrationBuilder.DropTable(
                name: "sign_in_failures");

            migrationBuilder.DropTable(
                name: "snippet");

            migrationBuilder.DropTable(
                name: "template");

            migrationBuilder.DropTable(
                name: "template_catalogue");

            migrationBuilder.DropTable(
                name: "template_change");

            migrationBuilder.DropTable(
                name: "tenant");

            migrationBuilder.DropSequence(
                name: "message_id");
        }
    }
}
