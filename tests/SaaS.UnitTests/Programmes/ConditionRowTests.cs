using System.Text.Json.Nodes;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Programmes;
using Xunit;

namespace SaaS.UnitTests.Programmes;

/// <summary>A condition while an official clicks it together.</summary>
public sealed class ConditionRowTests
{
    [Fact]
    public void Another_fact_brings_a_comparison_and_a_value_that_fit_it()
    {
        foreach (var field in FactNames.All)
        {
            var row = ConditionRow.New();

            ConditionRow.SetField(row, field);

            Assert.True(RuleRow.Read(row.ToJsonString()) is not null, $"{field}: {row.ToJsonString()}");
            Assert.Equal(ConditionRow.OperatorsOf(field)[0], (string?)row["operator"]);
        }
    }

    [Theory]
    [InlineData("firm.ksic", """["C10", "C11"]""", "eq", "\"C10\"")]
    [InlineData("firm.ksic", """["C10", "C11"]""", "notIn", """["C10","C11"]""")]
    [InlineData("firm.ksic", "\"C10\"", "in", """["C10"]""")]
    [InlineData("firm.ksic", "[]", "eq", "\"\"")]
    [InlineData("equipment", """["Robot"]""", "notContains", """["Robot"]""")]
    public void Another_comparison_keeps_what_it_can_of_the_value(string field, string value, string name, string expected)
    {
        var row = new JsonObject { ["field"] = field, ["operator"] = "in", ["value"] = JsonNode.Parse(value) };

        ConditionRow.SetOperator(row, name);

        Assert.Equal(expected, row["value"]!.ToJsonString());
    }

    [Fact]
    public void An_alternative_can_be_added_and_taken_out_again_without_a_trace()
    {
        var row = JsonNode.Parse("""{ "code": "REGION", "field": "facility.region", "operator": "in", "value": ["46"], "ko": "전남", "en": "Jeonnam" }""")!.AsObject();
        var before = row.DeepClone();

        ConditionRow.AddAlternative(row);
        ConditionRow.AddAlternative(row);

        Assert.Equal(["facility.region", "firm.employees", "firm.employees"], ConditionRow.AlternativesOf(row).Select(alternative => (string?)alternative["field"]));
        Assert.Equal(3, RuleRow.Read(row.ToJsonString())!.Alternatives.Count);
        ConditionRow.RemoveAlternative(row, 2);
        ConditionRow.RemoveAlternative(row, 1);
        Assert.True(JsonNode.DeepEquals(before, row), row.ToJsonString());
    }

    [Fact]
    public void A_number_may_be_held_against_another_fact_and_against_a_number_again()
    {
        var row = ConditionRow.New();
        ConditionRow.SetField(row, "totalCost");
        Assert.True(ConditionRow.MayCompareFacts(row));

        ConditionRow.CompareFacts(row);

        Assert.False(ConditionRow.MayCompareFacts(row));
        Assert.NotNull(RuleRow.Read(row.ToJsonString())!.OtherFact);
        Assert.Null(RuleRow.Boundary(RuleRow.Read(row.ToJsonString())!));
        ConditionRow.SetField(row, "firm.ksic");
        Assert.False(ConditionRow.MayCompareFacts(row));
    }

    [Fact]
    public void A_funder_of_a_single_place_is_asked_for_its_share_too()
    {
        var design = Design.Of(ShippedProgrammes.Definition("workflows/local-basic.json"));
        var share = design.Definition.Root.Flowchart.Activities.Single(step => step.Type == "Grant.ShareCost").Id;
        Assert.DoesNotContain(design.Definition.Root.Flowchart.Activities, step => step.Id == "commitLeadFirm");

        var next = design
            .SetInput(share, "overrides", JsonNode.Parse("""[{ "municipality": "46720", "shares": [{ "funder": "LeadFirm", "targetBp": 1000 }, { "funder": "Firm", "minBp": 3000, "targetBp": 3000, "maxBp": 3000 }] }]"""))
            .ArrangeFunding();

        Assert.Contains(next.Definition.Root.Flowchart.Activities, step => step.Id == "commitLeadFirm");
        Assert.DoesNotContain(next.SetInput(share, "overrides", null).ArrangeFunding().Definition.Root.Flowchart.Activities, step => step.Id == "commitLeadFirm");
    }
}
