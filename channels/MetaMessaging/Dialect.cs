using System.Text.Json;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>Where two networks that speak one language differ.</summary>
/// <param name="Object">The word at the top of each webhook body.</param>
/// <param name="Identity">The kind of a person's id, which holds within one account only.</param>
/// <param name="TellEcho">Who sent an echoed <c>message</c>.</param>
internal sealed record Dialect(string Object, string Identity, Func<JsonElement, EchoSource> TellEcho);

/// <summary>Who sent an echoed message.</summary>
/// <param name="DeliveryId">Ours, when the message carries it.</param>
internal readonly record struct EchoSource(EchoOrigin Origin, string? DeliveryId = null);
