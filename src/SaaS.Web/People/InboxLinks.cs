using Microsoft.AspNetCore.Authentication;
using SaaS.Platform.Identity;
using SaaS.Platform.Inbox;
using SaaS.Platform.Invitations;
using SaaS.Platform.Organisations;

namespace SaaS.Web.People;

/// <summary>Where each thing of an inbox is done, and the lasting address that leads there from a mail.</summary>
public sealed class InboxLinks(InvitationToken tokens)
{
    /// <summary>The page on which the deed is done; on it the person must act for <see cref="Waiting.OrganisationId"/>.</summary>
    public string DeedOf(Waiting item) => item.Kind switch
    {
        WaitingKind.Task => $"{TasksOf(item)}#task-{item.Id}",
        WaitingKind.Review => $"/assess/reviews/{item.Id}",
        WaitingKind.Inspection => $"/assess/inspections/{item.Id}",
        WaitingKind.Share => $"/funder/shares/{item.Id}",
        WaitingKind.Agreement => item.Party switch
        {
            "Firm" => $"/company/applications/{item.ApplicationId}",
            "Supplier" => $"/supplier/applications/{item.ApplicationId}",
            "LeadFirm" => "/funder/agreements",
            _ => $"/t/{item.TenantId}/applications/{item.ApplicationId}",
        },
        WaitingKind.Deposit or WaitingKind.SupplierToName => $"/company/applications/{item.ApplicationId}",
        WaitingKind.PaymentToPrepare or WaitingKind.PaymentToApprove => $"/funder/payments/{item.Id}",
        WaitingKind.DraftToPublish or WaitingKind.DraftReturned => $"/t/{item.TenantId}/programmes/{item.ProgrammeId}/publish",
        WaitingKind.Publication => $"/oversight/publications/{item.Id}",
        WaitingKind.NationalGrant => "/oversight/grants",
        WaitingKind.SupplierCase => "/oversight/suppliers",
        WaitingKind.DraftGuest => $"/centre/drafts/{item.Id}/design",
        WaitingKind.GuardRail => $"/t/{item.TenantId}/programmes/{item.ProgrammeId}/design",
        WaitingKind.GuardRailChange => $"/oversight/guard-rails#change-{item.Id}",
        WaitingKind.TermsChanged => $"/company/calls/{item.CallId}/apply",
        WaitingKind.CallCancelled or WaitingKind.Waitlisted or WaitingKind.Promoted => $"/company/applications/{item.ApplicationId}",
        WaitingKind.Invitation => $"/invitation/{tokens.Of(item.Id, item.Number ?? 0)}",
        _ => throw new InvalidOperationException($"Nobody said where a {item.Kind} is done."),
    };

    /// <summary>Straight to the deed, or by way of <see cref="OpenAsync"/> where the person acts for another body at the moment.</summary>
    public string Of(Waiting item, CurrentActor actor)
        => item.Kind is WaitingKind.Invitation || item.OrganisationId is null || item.OrganisationId == actor.Chosen?.OrganisationId ? DeedOf(item) : Lasting(item.Id);

    /// <summary>Holds as long as the thing waits.</summary>
    public static string Lasting(Guid id) => $"/inbox/open/{id}";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/inbox/open/{id:guid}", OpenAsync);

    // What waits for somebody else, what is done and what never was look the same.
    private static async Task<IResult> OpenAsync(Guid id, HttpContext context, CurrentActor actor, ReadInbox inbox, InboxLinks links, CancellationToken cancellationToken)
    {
        if (actor.UserId is not { } user || await inbox.FindAsync(user, id, cancellationToken) is not { } item)
        {
            return TypedResults.LocalRedirect("/inbox?gone=1");
        }

        if (item.OrganisationId is { } organisation && SwitchOrganisation.Handle(context.User, actor, organisation) is { } principal)
        {
            await context.SignInAsync(SignInClaims.Scheme, principal);
        }

        return TypedResults.LocalRedirect(links.DeedOf(item));
    }

    private static string TasksOf(Waiting item) => item.OrganisationKind switch
    {
        OrganisationKind.Firm => "/company/tasks",
        OrganisationKind.Centre => "/centre/tasks",
        OrganisationKind.Kosmo => "/oversight/tasks",
        _ => $"/t/{item.TenantId}/tasks",
    };
}
