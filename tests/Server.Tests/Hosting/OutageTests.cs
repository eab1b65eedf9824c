using System.Net;
using System.Net.Sockets;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Npgsql;
using Xunit;

namespace ChatOperator.Server.Tests.Hosting;

/// <summary>A database that is away, or has no connection left, is nobody's mistake: clients are told to come back.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task While_postgres_is_away_callers_are_told_to_come_back()
    {
        await using var installation = await Installation.CreateAsync(DatabaseProvider.Postgres);
        var real = new NpgsqlConnectionStringBuilder(installation.ConnectionString);
        await using var wire = new Wire(real.Host!, real.Port);
        await using var server = await TestServer.StartAsync(installation, new ServerOptions
        {
            Settings = { ["Database:ConnectionString"] = new NpgsqlConnectionStringBuilder(real.ConnectionString) { Host = "127.0.0.1", Port = wire.Port }.ToString() },
        });
        var tenant = await server.TenantAsync();
        wire.Cut();
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, "/admin/chats/summary", null), (HttpMethod.Get, "/admin/receipts", null), (HttpMethod.Get, "/admin/templates", null),
            (HttpMethod.Post, "/admin/tokens", new { name = "x", role = "viewer" }), (HttpMethod.Get, "/platform/tenants", null),
            (HttpMethod.Post, "/auth/sign-in", new { email = "x@example.test", password = "x" }),
        })
            await UnavailableAsync(tenant.Api, method, path, body);
        wire.Mend();
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await tenant.Api.SendAsync(HttpMethod.Get, "/admin/chats/summary");
            return answer.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task So_they_are_when_no_connection_is_free()
    {
        await using var installation = await Installation.CreateAsync(DatabaseProvider.Postgres);
        var few = new NpgsqlConnectionStringBuilder(installation.ConnectionString) { MaxPoolSize = 4, Timeout = 4 }.ToString();
        await using var server = await TestServer.StartAsync(installation, new ServerOptions { Settings = { ["Database:ConnectionString"] = few } });
        var tenant = await server.TenantAsync();
        await tenant.Api.GetAsync("/admin/settings");
        await using var owner = new NpgsqlConnection(installation.ConnectionString);
        await owner.OpenAsync();
        await using var transaction = await owner.BeginTransactionAsync();
        await using (var blocking = new NpgsqlCommand("LOCK TABLE tenant IN ACCESS EXCLUSIVE MODE", owner, transaction)) await blocking.ExecuteNonQueryAsync();

        var waiting = Enumerable.Range(0, 12).Select(_ => tenant.Api.SendAsync(HttpMethod.Get, "/admin/settings")).ToList();
        var refused = await Task.WhenAny(waiting);
        using (var answer = await refused)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
        }
        await transaction.RollbackAsync();
        foreach (var answer in await Task.WhenAll(waiting))
            using (answer) Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, answer.StatusCode.ToString());
    }

    private static async Task UnavailableAsync(Api api, HttpMethod method, string path, object? body)
    {
        await api.RefusedAsync(HttpStatusCode.ServiceUnavailable, "unavailable", method, path, body);
        using var answer = await api.SendAsync(method, path, body);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
    }

    /// <summary>The network between the server and its database, to be cut.</summary>
    private sealed class Wire : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<TcpClient> _ends = [];
        private readonly Task _accepting;
        private bool _isCut;

        public Wire(string host, int port)
        {
            _listener.Start();
            _accepting = AcceptAsync(host, port);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public void Cut()
        {
            lock (_ends)
            {
                _isCut = true;
                foreach (var end in _ends) end.Dispose();
                _ends.Clear();
            }
        }

        public void Mend()
        {
            lock (_ends) _isCut = false;
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            Cut();
            await _accepting;
        }

        private async Task AcceptAsync(string host, int port)
        {
            try
            {
                while (true)
                {
                    var near = await _listener.AcceptTcpClientAsync();
                    var far = new TcpClient();
                    lock (_ends)
                    {
                        if (_isCut)
                        {
                            near.Dispose();
                            continue;
                        }
                        _ends.AddRange([near, far]);
                    }
                    await far.ConnectAsync(host, port);
                    _ = CarryAsync(near, far);
                    _ = CarryAsync(far, near);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException) { }
        }

        private static async Task CarryAsync(TcpClient from, TcpClient to)
        {
            try { await from.GetStream().CopyToAsync(to.GetStream()); }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException) { }
            finally { to.Dispose(); }
        }
    }
}
