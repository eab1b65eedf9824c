// The ceiling of the intake benchmark: a bare Kestrel that checks the signature, parses the JSON and answers. It stores nothing.
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var app = builder.Build();
var secret = Encoding.UTF8.GetBytes(app.Configuration["Secret"]!);

app.MapPost("/webhooks/{channel}/{hook}", async http =>
{
    var body = new byte[(int)http.Request.ContentLength!.Value];
    await http.Request.Body.ReadExactlyAsync(body, http.RequestAborted);
    var signature = http.Request.Headers["X-Hub-Signature-256"].ToString();
    var told = Convert.FromHexString(signature.AsSpan("sha256=".Length));
    var right = CryptographicOperations.FixedTimeEquals(told, HMACSHA256.HashData(secret, body));
    using var json = JsonDocument.Parse(body);
    http.Response.StatusCode = right && json.RootElement.GetProperty("object").ValueEquals("whatsapp_business_account") ? 200 : 401;
});
app.MapGet("/readyz", () => "ready");
app.Run();
