using System.Text.Json;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;

namespace SaaS.Workflows.Activities.Elsa;

/// <summary>Activities that stand inside another.</summary>
internal static class EmbeddedActivities
{
    /// <summary>What .NET says where nothing stands in the place of an object.</summary>
    public const string NoReference = "Object reference not set to an instance of an object.";

    /// <summary>A list that is left out is empty, but Elsa stumbles over one that is written as null.</summary>
    public static void RefuseNull(ActivityExecution activity, string property, string message)
    {
        if (activity.Definition.Property(property) is { ValueKind: JsonValueKind.Null })
        {
            throw new ActivityFaultException(message);
        }
    }

    public static IEnumerable<ActivityDefinition> List(ActivityDefinition activity, string property)
    {
        if (activity.Property(property) is not { } list)
        {
            yield break;
        }

        var i = 0;
        foreach (var item in FlowchartDefinition.Elements(list))
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                yield return new ActivityDefinition(item, $"{activity.Pointer}/{property}/{i}");
            }

            i++;
        }
    }

    public static IEnumerable<ActivityDefinition> Ports(ActivityDefinition activity, params string[] properties)
    {
        foreach (var property in properties)
        {
            if (activity.Property(property) is { ValueKind: JsonValueKind.Object } embedded)
            {
                yield return new ActivityDefinition(embedded, $"{activity.Pointer}/{property}");
            }
        }
    }
}

/// <summary>Which child stands in which port.</summary>
internal sealed class EmbeddedPorts
{
    private readonly (string Port, CompiledActivity Activity)[] _ports;

    public EmbeddedPorts(CompiledActivity parent, string[] properties)
    {
        var ports = new List<(string, CompiledActivity)>();
        foreach (var property in properties)
        {
            var pointer = $"{parent.Definition!.Pointer}/{property}";
            if (Array.Find(parent.Children, child => child.Definition!.Pointer == pointer) is { } child)
            {
                ports.Add((property, child));
            }
        }

        _ports = [.. ports];
    }

    public CompiledActivity? Get(string port)
    {
        foreach (var (name, activity) in _ports)
        {
            if (string.Equals(name, port, StringComparison.Ordinal))
            {
                return activity;
            }
        }

        return null;
    }
}
