using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Data;

namespace SaaS.Platform.Identity;

public static class IdentityServices
{
    /// <summary>Who acts, and the database as that person may see it.</summary>
    internal static IServiceCollection AddIdentity(this IServiceCollection services) => services
        .AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>()
        .AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>()
        .AddSingleton<LoadActor>()
        .AddSingleton<SignIn>()
        .AddSingleton<AddUser>()
        .AddScoped<CurrentActor>()
        .AddScoped(scope => scope.GetRequiredService<PlaneDb>().Open(scope.GetRequiredService<CurrentActor>().Context));

    /// <summary>Sign-in by cookie, for the web host alone. Pages lead to <c>/sign-in</c>, the API answers 401.</summary>
    public static IServiceCollection AddCookieSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        // Keys beside the data: a restart signs nobody out.
        var keys = Path.Combine(configuration["SAAS_DATA"] is { Length: > 0 } data ? data : ".data", "keys");
        services.AddDataProtection().SetApplicationName("saas").PersistKeysToFileSystem(new DirectoryInfo(keys));
        services.AddAuthentication(SignInClaims.Scheme).AddCookie(SignInClaims.Scheme, options =>
        {
            options.Cookie.Name = SignInClaims.Scheme;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.LoginPath = "/sign-in";
            options.ReturnUrlParameter = "returnUrl";
            options.ExpireTimeSpan = TimeSpan.FromHours(8);
            options.SlidingExpiration = true;
            options.Events = new CookieAuthenticationEvents
            {
                OnRedirectToLogin = context =>
                {
                    if (context.Request.Path.StartsWithSegments("/api") || context.Request.Path.Value?.Contains("/elsa/api", StringComparison.OrdinalIgnoreCase) == true)
                    {
                        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                        return Task.CompletedTask;
                    }

                    context.Response.Redirect(context.RedirectUri);
                    return Task.CompletedTask;
                },
            };
        });
        return services;
    }
}
