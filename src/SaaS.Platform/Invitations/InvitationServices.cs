using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Invitations;

internal static class InvitationServices
{
    public static IServiceCollection AddInvitations(this IServiceCollection services) => services
        .AddSingleton<InvitationToken>()
        .AddSingleton<FindInvitation>()
        .AddSingleton<AcceptInvitation>()
        .AddScoped<InvitePeople>()
        .AddScoped<ChangeInvitation>()
        .AddScoped<ListPeople>()
        .AddOutboxJob<InvitationMailJob>(InvitationMailJob.Kind, JobQueue.Interactive);
}
