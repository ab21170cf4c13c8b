using SaaS.Workflows.Compilation;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;
using Xunit;

namespace SaaS.UnitTests.Programmes;

/// <summary>What each tenant wrote beside its programme as worked cases is what the programme does.</summary>
public sealed class WorkedCasesTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        string[] folders = ["tenants", "workflows"];
        foreach (var path in folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(ShippedProgrammes.Root, folder), "*.cases.json", SearchOption.AllDirectories)))
        {
            var relative = Path.GetRelativePath(ShippedProgrammes.Root, path);
            foreach (var worked in Value.Parse(File.ReadAllText(path)).Items)
            {
                data.Add(relative, worked["case"].Text!);
            }
        }

        return data;
    }

    [Fact]
    public void Every_worked_case_that_is_accepted_can_be_completed_and_every_other_ends_with_its_reasons()
    {
        var (completed, refused) = (0, 0);
        foreach (var (file, name) in Cases().Select(row => (row.Data.Item1, row.Data.Item2)))
        {
            var worked = Value.Parse(ShippedProgrammes.Text(file)).Items.ToArray().Single(item => item["case"].Text == name);
            var workflow = Workflow(file, worked);
            var burst = ShippedProgrammes.Start(workflow, worked["application"]);
            string? end = null;
            while (burst.State.SubStatus == WorkflowSubStatus.Suspended)
            {
                var bookmark = Assert.Single(burst.State.Bookmarks);
                burst = ShippedProgrammes.Answer(workflow, burst.State, bookmark.Payload["stage"].Text == "task" ? bookmark.Payload["answers"].Items[0]["code"].Text! : WholeWayTests.Good[bookmark.Payload["stage"].Text!]);
                end = burst.Effects.Where(effect => effect.Kind == "close").Select(effect => effect.Payload["result"].Text).SingleOrDefault();
            }

            Assert.Equal(WorkflowSubStatus.Finished, burst.State.SubStatus);
            if (worked["expected"]["reasons"].Items.Length == 0 && worked["expected"]["verdict"].Text == "Eligible")
            {
                Assert.Equal((name, "Completed"), (name, end));
                completed++;
            }
            else
            {
                Assert.True(end is null && burst.State.Variable("reasons").Items.Length > 0, name);
                refused++;
            }
        }

        Assert.True(completed > 100 && refused > 50, $"{completed} completed, {refused} refused");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_worked_case_holds(string file, string name)
    {
        var worked = Value.Parse(ShippedProgrammes.Text(file)).Items.ToArray().Single(item => item["case"].Text == name);
        var workflow = Workflow(file, worked);
        var expected = worked["expected"];

        var state = ShippedProgrammes.Start(workflow, worked["application"]).State;

        Assert.Equal(expected["verdict"].Text, state.Variable("verdict").Text);
        if (expected["tier"].Text is { } tier)
        {
            Assert.Equal(tier, state.Variable("tier").Text);
        }

        if (!expected["reasons"].IsNothing)
        {
            Assert.Equal(
                expected["reasons"].Items.ToArray().Select(code => code.Text),
                Reasons.FromValue(state.Variable("reasons")).Select(reason => reason.Code));
        }

        if (expected["shares"].Members is not null)
        {
            var shares = Shares.FromValue(state.Variable("shares"))!;
            Assert.All(shares.Parts, part => Assert.Equal(expected["shares"][part.Funder.ToString()].Whole, part.Amount.Amount));
            Assert.Equal(shares.Total.Amount, shares.Parts.Sum(part => part.Amount.Amount));
        }
    }

    private static CompiledWorkflow Workflow(string file, Value worked)
    {
        var programmes = file.StartsWith("tenants", StringComparison.Ordinal) ? "programmes" : "";
        return ShippedProgrammes.Compile(Path.Combine(Path.GetDirectoryName(file)!, programmes, worked["programme"].Text + ".json"));
    }
}
