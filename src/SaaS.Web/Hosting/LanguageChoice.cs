using Microsoft.AspNetCore.Localization;

namespace SaaS.Web.Hosting;

/// <summary>Korean unless the reader chose English by <c>?lang=en</c>, which is then kept in the cookie <c>lang</c> for a year.</summary>
public sealed class LanguageChoice : RequestCultureProvider
{
    public const string Cookie = "lang";

    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        var asked = httpContext.Request.Query[Cookie].ToString();
        if (asked is "ko" or "en")
        {
            httpContext.Response.Cookies.Append(Cookie, asked, new CookieOptions
            {
                IsEssential = true,
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                MaxAge = TimeSpan.FromDays(365),
            });
        }
        else
        {
            asked = httpContext.Request.Cookies[Cookie];
        }

        var culture = asked == "en" ? "en-GB" : "ko-KR";
        return Task.FromResult<ProviderCultureResult?>(new ProviderCultureResult(culture));
    }
}
