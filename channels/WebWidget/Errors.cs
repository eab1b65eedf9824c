using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.WebWidget;

/// <summary>The widget's network refuses nothing; only what may happen to any send is worded here.</summary>
internal static class Errors
{
    public static readonly IReadOnlyDictionary<string, FailureWords> Words = TransportFailures.Words;
}
