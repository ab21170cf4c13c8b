using System.CommandLine;

namespace SaaS.Cli.Demonstration;

/// <summary><c>saas demo sign-ins</c>: who can sign in at a demonstration.</summary>
internal static class SignIns
{
    private static readonly (string Kind, string Words)[] Kinds =
    [
        ("Firm", "도입기업 / firms"),
        ("Supplier", "공급기업 / suppliers"),
        ("Province", "시·도 / provinces"),
        ("Municipality", "시·군 / cities and counties"),
        ("LargeFirm", "대기업 / large firms"),
        ("National", "국가 운영기관 / national operator"),
        ("Assessors", "평가·점검 / evaluation and inspection"),
        ("Centre", "지역센터 / regional centres"),
        ("Ministry", "부처 / ministry"),
    ];

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
            Console.Out.WriteLine($"시연 계정 (비밀번호 / password: {Tenant.DemoPassword})");
            if (all)
            {
                foreach (var person in people)
                {
                    Console.Out.WriteLine($"  {person.User,-18} {person.Role,-15} {person.Body}");
                }

                return 0;
            }

            // Who may only look on at a second body is named at the first.
            var once = people.OrderBy(person => person.Role == "Viewer").DistinctBy(person => person.User).ToList();
            foreach (var (kind, words) in Kinds)
            {
                Console.Out.WriteLine($"  {words}: {string.Join(' ', once.Where(person => person.Kind == kind).Select(person => person.User))}");
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
