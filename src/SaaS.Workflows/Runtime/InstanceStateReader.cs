using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>
/// Reads what <see cref="InstanceStateJson"/> wrote, in one pass over the text: every burst of a stored instance begins so. A member that
/// it does not know is passed over; one that is missing is at its default.
/// </summary>
internal static class InstanceStateReader
{
    private delegate T ReadItem<T>(ref Utf8JsonReader reader);

    public static InstanceState Read(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = ValueLimits.Depth + 8 });
        var (shape, id, version, bursts, last) = (0, Guid.Empty, 0, 0, 0);
        var (definition, versionId, status) = ("", "", default(WorkflowSubStatus));
        var (parent, correlation, name) = (default(Guid?), default(string), default(string));
        var (created, updated, finished) = (default(Instant), default(Instant), default(Instant?));
        var (input, output, variables) = (Value.Object(), Value.Object(), Value.Object());
        IReadOnlyList<Bookmark> bookmarks = [];
        IReadOnlyList<Incident> incidents = [];
        IReadOnlyList<ActivityState> activities = [];
        IReadOnlyList<OutputState> outputs = [];
        reader.Read();
        while (Next(ref reader, out var member))
        {
            switch (member)
            {
                case "v":
                    shape = reader.GetInt32();
                    break;
                case "id":
                    id = reader.GetGuid();
                    break;
                case "definition":
                    definition = reader.GetString()!;
                    break;
                case "versionId":
                    versionId = reader.GetString()!;
                    break;
                case "version":
                    version = reader.GetInt32();
                    break;
                case "parent":
                    parent = reader.GetGuid();
                    break;
                case "correlation":
                    correlation = reader.GetString();
                    break;
                case "name":
                    name = reader.GetString();
                    break;
                case "status":
                    status = Enum.Parse<WorkflowSubStatus>(reader.GetString()!);
                    break;
                case "input":
                    input = ValueJson.Read(ref reader, ValueOrigin.Outside);
                    break;
                case "output":
                    output = ValueJson.Read(ref reader, ValueOrigin.Outside);
                    break;
                case "variables":
                    variables = ValueJson.Read(ref reader, ValueOrigin.Json);
                    break;
                case "bookmarks":
                    bookmarks = Items(ref reader, ReadBookmark);
                    break;
                case "incidents":
                    incidents = Items(ref reader, ReadIncident);
                    break;
                case "created":
                    created = Time(ref reader);
                    break;
                case "updated":
                    updated = Time(ref reader);
                    break;
                case "finished":
                    finished = Time(ref reader);
                    break;
                case "bursts":
                    bursts = reader.GetInt32();
                    break;
                case "last":
                    last = reader.GetInt32();
                    break;
                case "activities":
                    activities = Items(ref reader, ReadActivity);
                    break;
                case "outputs":
                    outputs = Items(ref reader, ReadOutput);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // Nothing but white space may follow.
        reader.Read();
        return shape == InstanceState.Shape
            ? new InstanceState
            {
                Id = id,
                DefinitionId = definition,
                DefinitionVersionId = versionId,
                DefinitionVersion = version,
                ParentInstanceId = parent,
                CorrelationId = correlation,
                Name = name,
                SubStatus = status,
                Input = input,
                Output = output,
                Variables = variables,
                Bookmarks = bookmarks,
                Incidents = incidents,
                CreatedAt = created,
                UpdatedAt = updated,
                FinishedAt = finished,
                Bursts = bursts,
                LastInstance = last,
                Activities = activities,
                Outputs = outputs,
            }
            : throw new FormatException($"This is no workflow instance of shape {InstanceState.Shape}.");
    }

    private static Bookmark ReadBookmark(ref Utf8JsonReader reader)
    {
        var (id, name, hash, payload) = (Guid.Empty, "", "", Value.Undefined);
        var (activity, instance, created) = ("", 0, default(Instant));
        while (Next(ref reader, out var member))
        {
            switch (member)
            {
                case "id":
                    id = reader.GetGuid();
                    break;
                case "name":
                    name = reader.GetString()!;
                    break;
                case "hash":
                    hash = reader.GetString()!;
                    break;
                case "payload":
                    payload = ValueJson.Read(ref reader, ValueOrigin.Outside);
                    break;
                case "activity":
                    activity = reader.GetString()!;
                    break;
                case "instance":
                    instance = reader.GetInt32();
                    break;
                case "created":
                    created = Time(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new Bookmark(id, name, hash, payload, activity, instance, created);
    }

    private static Incident ReadIncident(ref Utf8JsonReader reader)
    {
        var (activity, type, instance, message, at) = ("", "", 0, "", default(Instant));
        while (Next(ref reader, out var member))
        {
            switch (member)
            {
                case "activity":
                    activity = reader.GetString()!;
                    break;
                case "type":
                    type = reader.GetString()!;
                    break;
                case "instance":
                    instance = reader.GetInt32();
                    break;
                case "message":
                    message = reader.GetString()!;
                    break;
                case "at":
                    at = Time(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new Incident(activity, type, instance, message, at);
    }

    private static OutputState ReadOutput(ref Utf8JsonReader reader)
    {
        var (node, container, name, value) = ("", 0, "", Value.Undefined);
        while (Next(ref reader, out var member))
        {
            switch (member)
            {
                case "node":
                    node = reader.GetString()!;
                    break;
                case "in":
                    container = reader.GetInt32();
                    break;
                case "name":
                    name = reader.GetString()!;
                    break;
                case "value":
                    value = ValueJson.Read(ref reader, ValueOrigin.Outside);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new OutputState(node, container, name, value);
    }

    private static ActivityState ReadActivity(ref Utf8JsonReader reader)
    {
        var (instance, parent, node, status, faults) = (0, default(int?), "", default(ActivityStatus), 0);
        var (isBreaking, cameBack, hasWorked, counter) = (false, false, false, default(int?));
        var (variables, loop) = (Value.Undefined, Value.Undefined);
        IReadOnlyList<string> scheduled = [];
        IReadOnlyList<string> pending = [];
        int[]? visits = null;
        int[] passes = [];
        bool[] followed = [];
        while (Next(ref reader, out var member))
        {
            switch (member)
            {
                case "n":
                    instance = reader.GetInt32();
                    break;
                case "p":
                    parent = reader.GetInt32();
                    break;
                case "node":
                    node = reader.GetString()!;
                    break;
                case "status":
                    status = Enum.Parse<ActivityStatus>(reader.GetString()!);
                    break;
                case "faults":
                    faults = reader.GetInt32();
                    break;
                case "breaking":
                    isBreaking = true;
                    break;
                case "back":
                    cameBack = true;
                    break;
                case "worked":
                    hasWorked = true;
                    break;
                case "counter":
                    counter = reader.GetInt32();
                    break;
                case "scheduled":
                    scheduled = Items(ref reader, Text);
                    break;
                case "pending":
                    pending = Items(ref reader, Text);
                    break;
                case "variables":
                    variables = ValueJson.Read(ref reader, ValueOrigin.Json);
                    break;
                case "loop":
                    loop = ValueJson.Read(ref reader, ValueOrigin.Outside);
                    break;
                case "visits":
                    visits = Items(ref reader, Number);
                    break;
                case "passes":
                    passes = Items(ref reader, Number);
                    break;
                case "followed":
                    followed = Items(ref reader, Flag);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new ActivityState
        {
            Instance = instance,
            Parent = parent,
            NodeId = node,
            Status = status,
            Faults = faults,
            IsBreaking = isBreaking,
            CameBack = cameBack,
            HasWorked = hasWorked,
            Counter = counter,
            Scheduled = scheduled,
            Pending = pending,
            Variables = variables,
            LoopVariables = loop,
            Flow = visits is null ? null : new FlowState(visits, passes, followed),
        };
    }

    /// <summary>Goes to the value of an object's next member; false at its end, or where there is no object.</summary>
    private static bool Next(ref Utf8JsonReader reader, out string member)
    {
        member = "";
        if (reader.TokenType is JsonTokenType.StartArray || !reader.Read() || reader.TokenType is not JsonTokenType.PropertyName)
        {
            return false;
        }

        member = reader.GetString()!;
        reader.Read();
        return true;
    }

    private static T[] Items<T>(ref Utf8JsonReader reader, ReadItem<T> read)
    {
        var items = new List<T>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            items.Add(read(ref reader));
        }

        return [.. items];
    }

    private static string Text(ref Utf8JsonReader reader) => reader.GetString()!;

    private static int Number(ref Utf8JsonReader reader) => reader.GetInt32();

    private static bool Flag(ref Utf8JsonReader reader) => reader.GetInt32() != 0;

    private static Instant Time(ref Utf8JsonReader reader) => InstantPattern.ExtendedIso.Parse(reader.GetString()!).Value;
}
