using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SaaS.Platform.Mail;

internal static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(MailSettings.Of(configuration))
        .AddSingleton<SendMail>()
        .AddSingleton<LaidMail>()
        .AddScoped<ListUnsentMail>();
}
