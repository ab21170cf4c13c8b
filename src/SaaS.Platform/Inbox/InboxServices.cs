using Microsoft.Extensions.DependencyInjection;

namespace SaaS.Platform.Inbox;

internal static class InboxServices
{
    public static IServiceCollection AddInbox(this IServiceCollection services) => services
        .AddSingleton<ReadInbox>();
}
