using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Agreements;
using SaaS.Platform.Applications;
using SaaS.Platform.Calls;
using SaaS.Platform.Closing;
using SaaS.Platform.Data;
using SaaS.Platform.Disbursements;
using SaaS.Platform.Documents;
using SaaS.Platform.Evaluations;
using SaaS.Platform.Firms;
using SaaS.Platform.Identity;
using SaaS.Platform.Inbox;
using SaaS.Platform.Inspections;
using SaaS.Platform.Invitations;
using SaaS.Platform.Jobs;
using SaaS.Platform.Mail;
using SaaS.Platform.Onboarding;
using SaaS.Platform.Oversight;
using SaaS.Platform.Programmes;
using SaaS.Platform.Selections;
using SaaS.Platform.Shares;
using SaaS.Platform.Suppliers;
using SaaS.Platform.Tasks;
using SaaS.Platform.Tenancy;
using SaaS.Platform.Workflows;

namespace SaaS.Platform;

/// <summary>All features, for web, worker and commands alike. One line a feature; each registers itself in its folder.</summary>
public static class PlatformServices
{
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration) => services
        .AddData(configuration)
        .AddIdentity()
        .AddOutboxJobs()
        .AddTenancy(configuration)
        .AddWorkflows()
        .AddApplications()
        .AddEvaluations()
        .AddSelections()
        .AddInspections()
        .AddTasks()
        .AddFirms()
        .AddSuppliers()
        .AddDocuments()
        .AddShares()
        .AddAgreements()
        .AddDisbursements()
        .AddClosing()
        .AddOversight()
        .AddProgrammes()
        .AddCalls()
        .AddMail(configuration)
        .AddInvitations()
        .AddInbox()
        .AddOnboarding();
}
