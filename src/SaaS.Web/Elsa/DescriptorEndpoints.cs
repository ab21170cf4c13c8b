using SaaS.Platform.Refusals;
using SaaS.Workflows;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Values;

namespace SaaS.Web.Elsa;

/// <summary>What Studio can offer: activities, expressions, variables, strategies.</summary>
internal static class DescriptorEndpoints
{
    private const string StorageDriver = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core";

    private static readonly (string Alias, string TypeName, string Display)[] Types =
    [
        ("String", "System.String, System.Private.CoreLib", "문자 / String"),
        ("Boolean", "System.Boolean, System.Private.CoreLib", "예·아니요 / Boolean"),
        ("Int32", "System.Int32, System.Private.CoreLib", "정수 / Int32"),
        ("Int64", "System.Int64, System.Private.CoreLib", "정수(원) / Int64"),
        ("Double", "System.Double, System.Private.CoreLib", "소수 / Double"),
        ("Decimal", "System.Decimal, System.Private.CoreLib", "소수 / Decimal"),
        ("DateTime", "System.DateTime, System.Private.CoreLib", "날짜 / DateTime"),
        ("DateTimeOffset", "System.DateTimeOffset, System.Private.CoreLib", "시각 / DateTimeOffset"),
        ("TimeSpan", "System.TimeSpan, System.Private.CoreLib", "기간 / TimeSpan"),
        ("Guid", "System.Guid, System.Private.CoreLib", "Guid"),
        ("Object", "System.Object, System.Private.CoreLib", "객체 / Object"),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/descriptors/activities", ActivitiesAsync);
        api.MapGet("/descriptors/activities/{typeName}", (string typeName) => ActivityCatalogue.Standard.Find(typeName) is { } type
            ? TypedResults.Ok(Describe(type.Descriptor, type.Descriptor.Outcomes))
            : OutcomeResults.NotFound());
        api.MapGet("/descriptors/expression-descriptors", () => List(
        [
            Expression("Literal", "값 / Literal", browsable: false, language: null),
            Expression("Object", "객체 / Object", browsable: false, language: "json"),
            Expression("JavaScript", "JavaScript", browsable: true, language: "javascript"),
            Expression("Variable", "변수 / Variable", browsable: true, language: null),
            Expression("Input", "입력 / Input", browsable: true, language: null),
        ]));
        api.MapGet("/descriptors/variables", () => List([.. Types.Select(type => new { typeName = type.Alias, displayName = type.Display, category = "기본 / Primitives", description = "" })]));
        api.MapGet("/descriptors/storage-drivers", () => List([new { typeName = StorageDriver, displayName = "업무와 함께 보관 / Kept with the instance", priority = 0, deprecated = false }]));
        api.MapGet("/descriptors/workflow-activation-strategies", () => List(
        [
            Strategy("Elsa.Workflows.Runtime.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core", "언제나 / Always"),
            Strategy("Elsa.Workflows.Runtime.ActivationValidators.SingletonStrategy, Elsa.Workflows.Core", "한 번에 하나 / Singleton"),
            Strategy("Elsa.Workflows.Runtime.ActivationValidators.CorrelatedSingletonStrategy, Elsa.Workflows.Core", "연관 번호마다 하나(같은 정의) / Correlated singleton"),
            Strategy("Elsa.Workflows.Runtime.ActivationValidators.CorrelationStrategy, Elsa.Workflows.Core", "연관 번호마다 하나 / Correlation"),
        ]));
        api.MapGet("/descriptors/incident-strategies", () => List(
        [
            Strategy("Elsa.Workflows.IncidentStrategies.FaultStrategy, Elsa.Workflows.Core", "멈춤 / Fault"),
            Strategy("Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core", "계속 / Continue with incidents"),
        ]));
        api.MapGet("/descriptors/log-persistence-strategies", () => List([]));
        api.MapGet("/descriptors/commit-strategies/workflows", () => List([]));
        api.MapGet("/descriptors/commit-strategies/activities", () => List([]));
        api.MapGet("/descriptors/output-converters", () => List([]));
        api.MapGet("/resilience/strategies", () => List([]));
        api.MapGet("/workflow-contexts/provider-descriptors", () => List([]));
        api.MapGet("/features/installed", () => List([]));
        api.MapGet("/features/installed/{fullName}", (string fullName) => OutcomeResults.NotFound());
    }

    internal static IResult List(IReadOnlyList<object> items) => TypedResults.Ok(new { items, count = items.Count });

    // A node whose type has no descriptor leaves Studio's whole canvas blank, and a way from a port that no descriptor names is lost on it: what
    // the tenant's definitions hold and nobody knows gets a placeholder, and outcomes that a step's own table names become ports of its type.
    private static async Task<IResult> ActivitiesAsync(StudioDefinitions definitions, CancellationToken cancellationToken)
    {
        var used = await definitions.TypesAsync(cancellationToken);
        var known = ActivityCatalogue.Standard.All.Select(type => type.Descriptor).ToDictionary(descriptor => (descriptor.TypeName, descriptor.Version));
        return List([
            .. known.Select(type => Describe(type.Value, [.. type.Value.Outcomes.Union(used.GetValueOrDefault(type.Key) ?? [])])),
            .. used.Keys.Where(type => type.Type.Length > 0 && !known.ContainsKey(type)).Select(unknown => Placeholder(unknown.Type, unknown.Version)),
        ]);
    }

    private static object Placeholder(string type, int version) => Describe(
        new ActivityDescriptor
        {
            TypeName = type,
            Version = version,
            Category = new Words("알 수 없는 활동", "Unknown activities"),
            DisplayName = new Words(type, type),
            Description = new Words("이 서비스가 모르는 활동입니다. 여기에 이르면 업무가 멈춥니다.", "This service does not know the activity; a case that reaches it stops."),
            IsBrowsable = false,
        },
        []);

    private static object Describe(ActivityDescriptor descriptor, IReadOnlyList<string> outcomes) => new
    {
        typeName = descriptor.TypeName,
        @namespace = Namespace(descriptor.TypeName),
        name = descriptor.TypeName[(descriptor.TypeName.LastIndexOf('.') + 1)..],
        version = descriptor.Version,
        category = descriptor.Category.Ko,
        displayName = descriptor.DisplayName.Ko,
        description = Both(descriptor.Description),
        inputs = descriptor.Inputs.Select((input, index) => Input(input, index)).ToList(),
        outputs = descriptor.Outputs.Select(output => new
        {
            name = output.Name,
            typeName = TypeName(output.TypeName),
            displayName = output.DisplayName.Ko ?? output.Name,
            description = Both(output.Description),
            isBrowsable = true,
            isSerializable = true,
        }).ToList(),
        kind = "Action",
        ports = Ports(descriptor, outcomes),
        customProperties = new { },
        constructionProperties = new { },
        isContainer = descriptor.IsContainer,
        isBrowsable = descriptor.IsBrowsable,
        isStart = descriptor.IsStart,
        isTerminal = descriptor.IsTerminal,
    };

    private static List<object> Ports(ActivityDescriptor descriptor, IReadOnlyList<string> outcomes)
    {
        var ports = new List<object>();
        foreach (var port in descriptor.EmbeddedPorts)
        {
            ports.Add(new { name = port, displayName = port, type = "Embedded", isBrowsable = true });
        }

        var flows = outcomes.Count > 0 ? outcomes : descriptor.IsTerminal ? [] : ["Done"];
        ports.AddRange(flows.Select(outcome => (object)new { name = outcome, displayName = outcome, type = "Flow", isBrowsable = true }));
        return ports;
    }

    private static object Input(InputDescriptor input, int order) => new
    {
        name = input.Name,
        typeName = TypeName(input.TypeName),
        displayName = input.DisplayName.Ko ?? input.Name,
        description = Both(input.Description),
        order,
        isBrowsable = true,
        isSynthetic = false,
        isWrapped = input.IsWrapped,
        uiHint = input.UiHint,
        category = (string?)null,
        defaultValue = input.Default.Kind is ValueKind.Undefined ? null : (object)input.Default.ToJsonElement(),
        defaultSyntax = input.DefaultSyntax,
        isReadOnly = false,
        isSensitive = false,
        storageDriverType = (string?)null,
        uiSpecifications = input.Options.Count == 0
            ? null
            : new Dictionary<string, object>
            {
                ["dropdown"] = new { selectList = new { items = input.Options.Select(option => new { text = option, value = option }), isFlagsEnum = false, sortItems = false } },
            },
    };

    private static object Expression(string type, string name, bool browsable, string? language) => new
    {
        type,
        displayName = name,
        isSerializable = true,
        isBrowsable = browsable,
        properties = language is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["monacoLanguage"] = language },
    };

    private static object Strategy(string typeName, string name) => new { typeName, displayName = name, description = "" };

    private static string TypeName(string alias)
        => Types.FirstOrDefault(type => type.Alias == alias) is { TypeName: { } known } ? known : alias.Contains('.', StringComparison.Ordinal) ? alias : "System.Object, System.Private.CoreLib";

    private static string Namespace(string typeName) => typeName.LastIndexOf('.') is var dot and > 0 ? typeName[..dot] : "";

    private static string? Both(Words words) => string.IsNullOrEmpty(words.Ko) ? null : string.IsNullOrEmpty(words.En) ? words.Ko : $"{words.Ko} / {words.En}";
}
