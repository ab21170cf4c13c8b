using SaaS.Workflows.Programmes;
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

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_worked_case_holds(string file, string name)
    {
        var worked = Value.Parse(ShippedProgrammes.Text(file)).Items.ToArray().Single(item => item["case"].Text == name);
        var programmes = file.StartsWith("tenants", StringComparison.Ordinal) ? "programmes" : "";
        var workflow = ShippedProgrammes.Compile(Path.Combine(Path.GetDirectoryName(file)!, programmes, worked["programme"].Text + ".json"));
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
}
