using SaaS.Platform;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Web.Api;
using SaaS.Web.Elsa;
using SaaS.Web.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();
builder.WebHost.ConfigureKestrel(options =>
{
    options.AddServerHeader = false;
    options.Limits.MaxRequestBodySize = RequestLimits.Body;
});
builder.Host.UseDefaultServiceProvider(options =>
{
    options.ValidateOnBuild = true;
    options.ValidateScopes = true;
});
builder.Services.AddPlatform(builder.Configuration);
builder.Services.AddCookieSignIn(builder.Configuration);
builder.Services.AddHangfireStorage();
builder.Services.AddPages();
builder.Services.AddApi();
builder.Services.AddElsaApi();

var app = builder.Build();
app.UseErrorPages();
app.UseStaticFiles();
app.UseStudioFiles();
app.UseAuthentication();
app.UsePlanes();
app.UseAntiforgery();
app.MapHealth();
app.MapAccount();
app.MapJobsDashboard();
app.MapApi();
app.MapElsaApi();
app.MapStudioPages();
app.MapPages();
app.Run();
