using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Web.Kit;
using SaaS.Web.Texts;

namespace SaaS.Web.Cases;

/// <summary>
/// Names for the actors of a journal. Staff see who acted; a firm or supplier sees its own people and otherwise only that an official did,
/// since evaluators stay unnamed to those whom they judge.
/// </summary>
public sealed class ActorNames(PlaneDb planes, CurrentActor current, IStringLocalizer<SharedTexts> texts)
{
    private const string User = "user:";

    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IEnumerable<string> actors, CancellationToken cancellationToken)
    {
        var distinct = actors.Distinct().ToList();
        var ids = distinct.Select(IdOf).OfType<Guid>().ToList();
        await using var db = planes.Open(new PlaneContext(Plane.Identity, UserId: current.UserId));
        var users = ids.Count == 0 ? [] : await db.Users.AsNoTracking().Where(user => ids.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => Language.Of(user.Ko, user.En), cancellationToken);
        return distinct.ToDictionary(actor => actor, actor => NameOf(actor, users));
    }

    private string NameOf(string actor, Dictionary<Guid, string> users) => IdOf(actor) switch
    {
        null => texts["actor.machine"],
        { } id when id == current.UserId || current.Context.Plane is Plane.Tenant or Plane.Oversight => users.GetValueOrDefault(id, texts["actor.person"]),
        _ => texts["actor.person"],
    };

    private static Guid? IdOf(string actor) => actor.StartsWith(User, StringComparison.Ordinal) && Guid.TryParse(actor.AsSpan(User.Length), out var id) ? id : null;
}
