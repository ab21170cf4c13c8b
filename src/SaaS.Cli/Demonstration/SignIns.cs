using System.CommandLine;

namespace SaaS.Cli.Demonstration;

/// <summary><c>saas demo sign-ins</c>: who can sign in at a demonstration.</summary>
internal static class SignIns
{
    // The people of whom a first visit needs one each; the sign-in page lists all.
    private static readonly string[] Kinds = ["Firm", "Supplier", "Province", "Municipality", "LargeFirm", "National", "Assessors", "Centre"];

    public static Command Create()
    {
        var all = new Option<bool>("--all") { Description = "모두 / Everybody" };
        var command = new Command("sign-ins", "시연 계정을 보여 줍니다 / Lists the demo sign-ins") { all };
        command.SetAction(parsed => Print(parsed.GetValue(all)));
        return command;
    }

    private static int Print(bool all)
    {
        try
        {
            var people = DemoPeople.Read(SourceFolder.Find("tenants")).All;
            var shown = all ? people : [.. Kinds.SelectMany(kind => people.Where(person => person.Kind == kind).DistinctBy(person => person.Role)).DistinctBy(person => person.User)];
            Console.Out.WriteLine($"시연 계정 (비밀번호 / password: {Tenant.DemoPassword})");
            foreach (var person in shown)
            {
                Console.Out.WriteLine($"  {person.User,-18} {person.Role,-15} {person.Body}");
            }

            return 0;
        }
        catch (DemoFailureException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }
}
