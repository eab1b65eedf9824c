using Microsoft.Extensions.DependencyInjection;

namespace ChatOperator.Harness;

/// <summary>
/// The silo watches its own health ten times a second. By a clock that a test moves, a day in one step would be a million looks: only the
/// server's own times are movable. It stands where the container is made, since the monitor is registered after a test's last word.
/// </summary>
internal sealed class SiloHealth : IServiceProviderFactory<IServiceCollection>
{
    public IServiceCollection CreateBuilder(IServiceCollection services)
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i] is { IsKeyedService: false, ImplementationType: { FullName: "Orleans.Runtime.MembershipService.LocalSiloHealthMonitor" } monitor })
                services[i] = ServiceDescriptor.Singleton(services[i].ServiceType, s => ActivatorUtilities.CreateInstance(s, monitor, TimeProvider.System));
        }
        return services;
    }

    public IServiceProvider CreateServiceProvider(IServiceCollection containerBuilder) => containerBuilder.BuildServiceProvider();
}
