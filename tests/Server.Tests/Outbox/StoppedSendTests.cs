using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Harness;
using ChatOperator.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatOperator.Server.Tests.Outbox;

/// <summary>A send in whose midst the server dies: the message must neither be doubled for it nor fail for it.</summary>
public sealed class StoppedSendTests(OnSqlite shared) : IClassFixture<OnSqlite>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_message_does_not_fail_because_its_server_was_killed_time_and_again()
    {
        var (account, delivery) = (await AccountAsync(), New());
        for (var deaths = 1; deaths <= 20; deaths++)
        {
            var begun = _now;
            var claimed = Turn(account, delivery, started: begun);
            Assert.NotNull(claimed.Result.Claim);
            // Two minutes after the claim a new server stands there, and believes in silence only when it has listened for as long.
            var started = _now += TimeSpan.FromMinutes(2);
            var doubted = Turn(account, Read(claimed), started);
            Assert.Equal(MessageStatus.Uncertain, Delivery(doubted).Status);
            Assert.Equal(started + (started - begun) + TimeSpan.FromSeconds(account.Row.SettleSeconds), doubted.Result.WakeAt);
            _now = doubted.Result.WakeAt!.Value;
            delivery = Read(Turn(account, Read(doubted), started, mayClaim: false));
            Assert.Equal(MessageStatus.Queued, delivery.Status);
        }
    }

    [Fact]
    public async Task Answers_that_leave_it_open_still_use_up_the_tries()
    {
        var (account, delivery) = (await AccountAsync(), New());
        var (started, tries) = (_now, 0);
        while (delivery.Status != MessageStatus.Failed)
        {
            var claimed = Turn(account, delivery, started);
            _now += TimeSpan.FromSeconds(1);
            var open = new Ending(claimed.Result.Claim!, _now, new Refused(new SendFailure("network_timeout", FailureReaction.Retry, Certain: false), null));
            var doubted = Turn(account, Read(claimed), started, ending: open);
            _now = doubted.Result.WakeAt!.Value;
            delivery = Read(Turn(account, Read(doubted), started, mayClaim: false));
            Assert.InRange(++tries, 1, 6);
        }
        Assert.Equal(6, tries);
    }

    private async Task<ConnectedAccount> AccountAsync()
    {
        var tenant = await shared.Server.TenantAsync();
        var account = await tenant.WhatsAppAsync(shared.Sandbox);
        return (await shared.Server.Services.GetRequiredService<AccountDirectory>().ByIdAsync(tenant.Id, account.Id))!;
    }

    private LaneTurn Turn(ConnectedAccount account, LaneDelivery delivery, DateTimeOffset started, bool mayClaim = true, Ending? ending = null)
    {
        var key = new ConversationKey(account.TenantId, Guid.CreateVersion7(_now));
        var row = new LaneRow
        {
            Key = key, AccountId = account.Id, Address = "5491155550101", LockVersion = 0, WindowExpiresAt = _now.AddDays(1),
            InFlight = delivery.Status == MessageStatus.Sending ? delivery.AttemptId : null,
        };
        row.Deliveries.Add(delivery);
        var turn = new LaneTurn(key, account, ending, mayClaim) { Row = row };
        turn.Touch(delivery, tell: false);
        new Lane(_now, _now, heard: _now, started, Timeout).Advance(turn);
        return turn;
    }

    private LaneDelivery New() => new()
    {
        Id = Guid.CreateVersion7(_now), MessageId = 1, CorrelationId = Guid.CreateVersion7(_now), Part = 0, Content = ContentJson.Write(new TextContent("hola")),
        IsWhole = true, ByAgent = false, LockVersion = 0, Status = MessageStatus.Queued, Attempts = 0,
    };

    private static LaneDelivery Delivery(LaneTurn turn) => turn.Touched[0];

    /// <summary>As the next turn reads what this one wrote.</summary>
    private static LaneDelivery Read(LaneTurn turn)
    {
        var written = Delivery(turn);
        return new LaneDelivery
        {
            Id = written.Id, MessageId = written.MessageId, CorrelationId = written.CorrelationId, Part = 0, Content = written.Content, IsWhole = true,
            ByAgent = false, LockVersion = 0, Status = written.Status, NotBefore = written.NotBefore, Attempts = written.Attempts,
            AttemptId = written.AttemptId, SettleAt = written.SettleAt, Error = written.Error,
            StartedAt = turn.Begun is [{ } begun] ? begun.StartedAt : written.StartedAt,
            SendDeadline = turn.Begun is [{ } claim] ? claim.SendDeadline : written.SendDeadline,
        };
    }
}
