using SaaS.Platform;
using SaaS.Platform.Jobs;

var builder = Host.CreateApplicationBuilder(args);
builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }));

// On a stop signal jobs that run get this long to end; what does not end runs again elsewhere, with one effect.
builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(15));
builder.Services.AddPlatform(builder.Configuration).AddJobServer();

await builder.Build().RunAsync();
