using Microsoft.Extensions.DependencyInjection;

namespace SaaS.Platform.Documents;

public static class DocumentServices
{
    internal static IServiceCollection AddDocuments(this IServiceCollection services) => services
        .AddScoped<UploadDocument>()
        .AddScoped<ListDocuments>();
}
