namespace ChatOperator.Sandbox;

/// <summary>The control API was asked for something that cannot be done; the message tells the caller why.</summary>
internal sealed class ControlException(string message) : Exception(message);
