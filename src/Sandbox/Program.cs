using ChatOperator.Sandbox;

await using var sandbox = await SandboxHost.StartAsync(SandboxOptions.From(args));
Console.WriteLine($"Sandbox listening on {sandbox.Address.ToString().TrimEnd('/')}");
Console.WriteLine($"media on {sandbox.MediaAddress.ToString().TrimEnd('/')}");
Console.WriteLine($"Be a customer at {sandbox.Address}phone");
await sandbox.StoppedAsync();
