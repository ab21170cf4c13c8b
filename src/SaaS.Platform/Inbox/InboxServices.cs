using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Inbox;

internal static class InboxServices
{
    public static IServiceCollection AddInbox(this IServiceCollection services) => services
        .AddSingleton<ReadInbox>()
        .AddScoped<ChangeMailWishes>()
        .AddScoped<InboxNoticesJob>()
        .AddOutboxJob<NoticeMailJob>(NoticeMailJob.Kind, JobQueue.Bulk);
}
