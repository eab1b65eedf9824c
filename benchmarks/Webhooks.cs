using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatOperator.Bench;

/// <summary>Writes files of signed webhooks, all of one length, as raw HTTP requests.</summary>
internal sealed class Webhooks(Uri hook, string phoneNumberId, string wabaId, string appSecret)
{
    /// <summary>The phone of contact 0.</summary>
    public const long FirstPhone = 549_110_000_0000;

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(appSecret);
    private long _messages;

    /// <summary>Text messages.</summary>
    /// <param name="contact">The number of the contact that writes the n-th.</param>
    /// <returns>Length of each request in bytes.</returns>
    public int WriteMessages(string file, int count, Func<int, long> contact) => Write(file, count, i =>
    {
        var (number, id) = (FirstPhone + contact(i), ++_messages);
        return $$$"""{"object":"whatsapp_business_account","entry":[{"id":"{{{wabaId}}}","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"5491155550000","phone_number_id":"{{{phoneNumberId}}}"},"contacts":[{"profile":{"name":"Contact {{{number}}}"},"wa_id":"{{{number}}}"}],"messages":[{"from":"{{{number}}}","id":"wamid.{{{Scatter(id):x16}}}{{{id:d12}}}","timestamp":"{{{Now()}}}","text":{"body":"Hello, I would like to know whether order {{{id:d12}}} has left already."},"type":"text"}]},"field":"messages"}]}]}""";
    });

    /// <summary>Statuses of sends.</summary>
    public int WriteStatuses(string file, IReadOnlyList<(string ExternalId, Guid Delivery, string Phone, string Status)> statuses) =>
        Write(file, statuses.Count, i =>
        {
            var s = statuses[i];
            return $$$"""{"object":"whatsapp_business_account","entry":[{"id":"{{{wabaId}}}","changes":[{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"5491155550000","phone_number_id":"{{{phoneNumberId}}}"},"statuses":[{"id":"{{{s.ExternalId}}}","status":"{{{s.Status}}}","timestamp":"{{{Now()}}}","recipient_id":"{{{s.Phone}}}","biz_opaque_callback_data":"{{{s.Delivery}}}","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"service"}}]},"field":"messages"}]}]}""";
        });

    private int Write(string file, int count, Func<int, string> body)
    {
        var length = 0;
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        for (var i = 0; i < count; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(body(i));
            var signature = Convert.ToHexStringLower(HMACSHA256.HashData(_secret, bytes));
            var head = Encoding.ASCII.GetBytes(
                $"POST {hook.AbsolutePath} HTTP/1.1\r\nHost: {hook.Authority}\r\nContent-Type: application/json\r\nX-Hub-Signature-256: sha256={signature}\r\nContent-Length: {bytes.Length}\r\n\r\n");
            if (length != 0 && length != head.Length + bytes.Length) throw new InvalidOperationException("Requests of one file have one length.");
            length = head.Length + bytes.Length;
            stream.Write(head);
            stream.Write(bytes);
        }
        return length;
    }

    /// <summary>Networks' ids are not sequential; neither are these, so that indexes are hit as in life.</summary>
    private static ulong Scatter(long id) => (ulong)id * 0x9E3779B97F4A7C15;

    private static string Now() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
