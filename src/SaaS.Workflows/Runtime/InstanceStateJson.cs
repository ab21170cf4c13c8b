using System.Buffers;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>The JSON of an instance. Short names, nothing that is at its default; <c>v</c> is the version of the shape.</summary>
internal static class InstanceStateJson
{
    public static string Write(InstanceState state)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, ValueJson.WriterOptions))
        {
            Write(writer, state);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static InstanceState Read(string json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ValueLimits.Depth + 8 });
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("v", out var shape) || shape.GetInt32() != InstanceState.Shape)
        {
            throw new FormatException($"This is no workflow instance of shape {InstanceState.Shape}.");
        }

        return new InstanceState
        {
            Id = root.GetProperty("id").GetGuid(),
            DefinitionId = root.GetProperty("definition").GetString()!,
            DefinitionVersionId = root.GetProperty("versionId").GetString()!,
            DefinitionVersion = root.GetProperty("version").GetInt32(),
            ParentInstanceId = root.TryGetProperty("parent", out var parent) ? parent.GetGuid() : null,
            CorrelationId = Text(root, "correlation"),
            Name = Text(root, "name"),
            SubStatus = Enum.Parse<WorkflowSubStatus>(root.GetProperty("status").GetString()!),
            Input = Read(root, "input", Value.Object()),
            Output = Read(root, "output", Value.Object()),
            Variables = Read(root, "variables", Value.Object(), ValueOrigin.Json),
            Bookmarks = [.. Items(root, "bookmarks").Select(ReadBookmark)],
            Incidents = [.. Items(root, "incidents").Select(ReadIncident)],
            CreatedAt = Time(root, "created"),
            UpdatedAt = Time(root, "updated"),
            FinishedAt = root.TryGetProperty("finished", out _) ? Time(root, "finished") : null,
            Bursts = root.GetProperty("bursts").GetInt32(),
            LastInstance = root.GetProperty("last").GetInt32(),
            Activities = [.. Items(root, "activities").Select(ReadActivity)],
            Outputs = [.. Items(root, "outputs").Select(ReadOutput)],
        };
    }

    private static void Write(Utf8JsonWriter writer, InstanceState state)
    {
        writer.WriteStartObject();
        writer.WriteNumber("v", InstanceState.Shape);
        writer.WriteString("id", state.Id);
        writer.WriteString("definition", state.DefinitionId);
        writer.WriteString("versionId", state.DefinitionVersionId);
        writer.WriteNumber("version", state.DefinitionVersion);
        if (state.ParentInstanceId is { } parent)
        {
            writer.WriteString("parent", parent);
        }

        WriteText(writer, "correlation", state.CorrelationId);
        WriteText(writer, "name", state.Name);
        writer.WriteString("status", state.SubStatus.ToString());
        WriteValue(writer, "input", state.Input);
        WriteValue(writer, "output", state.Output);
        WriteValue(writer, "variables", state.Variables);
        WriteItems(writer, "bookmarks", state.Bookmarks, Write);
        WriteItems(writer, "incidents", state.Incidents, Write);
        WriteTime(writer, "created", state.CreatedAt);
        WriteTime(writer, "updated", state.UpdatedAt);
        if (state.FinishedAt is { } finished)
        {
            WriteTime(writer, "finished", finished);
        }

        writer.WriteNumber("bursts", state.Bursts);
        writer.WriteNumber("last", state.LastInstance);
        WriteItems(writer, "activities", state.Activities, Write);
        WriteItems(writer, "outputs", state.Outputs, Write);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Bookmark bookmark)
    {
        writer.WriteStartObject();
        writer.WriteString("id", bookmark.Id);
        writer.WriteString("name", bookmark.Name);
        writer.WriteString("hash", bookmark.Hash);
        WriteValue(writer, "payload", bookmark.Payload);
        writer.WriteString("activity", bookmark.ActivityId);
        writer.WriteNumber("instance", bookmark.ActivityInstance);
        WriteTime(writer, "created", bookmark.CreatedAt);
        writer.WriteEndObject();
    }

    private static Bookmark ReadBookmark(JsonElement json) => new(
        json.GetProperty("id").GetGuid(),
        json.GetProperty("name").GetString()!,
        json.GetProperty("hash").GetString()!,
        Read(json, "payload", Value.Undefined),
        json.GetProperty("activity").GetString()!,
        json.GetProperty("instance").GetInt32(),
        Time(json, "created"));

    private static void Write(Utf8JsonWriter writer, Incident incident)
    {
        writer.WriteStartObject();
        writer.WriteString("activity", incident.ActivityId);
        writer.WriteString("type", incident.ActivityType);
        writer.WriteNumber("instance", incident.ActivityInstance);
        writer.WriteString("message", incident.Message);
        WriteTime(writer, "at", incident.At);
        writer.WriteEndObject();
    }

    private static Incident ReadIncident(JsonElement json) => new(
        json.GetProperty("activity").GetString()!,
        json.GetProperty("type").GetString()!,
        json.GetProperty("instance").GetInt32(),
        json.GetProperty("message").GetString()!,
        Time(json, "at"));

    private static void Write(Utf8JsonWriter writer, OutputState output)
    {
        writer.WriteStartObject();
        writer.WriteString("node", output.NodeId);
        writer.WriteNumber("in", output.Container);
        writer.WriteString("name", output.Name);
        WriteValue(writer, "value", output.Value);
        writer.WriteEndObject();
    }

    private static OutputState ReadOutput(JsonElement json) => new(
        json.GetProperty("node").GetString()!, json.GetProperty("in").GetInt32(), json.GetProperty("name").GetString()!, Read(json, "value", Value.Undefined));

    private static void Write(Utf8JsonWriter writer, ActivityState activity)
    {
        writer.WriteStartObject();
        writer.WriteNumber("n", activity.Instance);
        if (activity.Parent is { } parent)
        {
            writer.WriteNumber("p", parent);
        }

        writer.WriteString("node", activity.NodeId);
        writer.WriteString("status", activity.Status.ToString());
        if (activity.Faults != 0)
        {
            writer.WriteNumber("faults", activity.Faults);
        }

        if (activity.IsBreaking)
        {
            writer.WriteBoolean("breaking", true);
        }

        if (activity.CameBack)
        {
            writer.WriteBoolean("back", true);
        }

        if (activity.HasWorked)
        {
            writer.WriteBoolean("worked", true);
        }

        if (activity.Counter is { } counter)
        {
            writer.WriteNumber("counter", counter);
        }

        WriteItems(writer, "scheduled", activity.Scheduled, static (w, text) => w.WriteStringValue(text));
        WriteItems(writer, "pending", activity.Pending, static (w, text) => w.WriteStringValue(text));
        WriteValue(writer, "variables", activity.Variables);
        WriteValue(writer, "loop", activity.LoopVariables);
        if (activity.Flow is { } flow)
        {
            WriteItems(writer, "visits", flow.Activities, static (w, count) => w.WriteNumberValue(count));
            WriteItems(writer, "passes", flow.Connections, static (w, count) => w.WriteNumberValue(count));
            WriteItems(writer, "followed", flow.Followed, static (w, followed) => w.WriteNumberValue(followed ? 1 : 0));
        }

        writer.WriteEndObject();
    }

    private static ActivityState ReadActivity(JsonElement json) => new()
    {
        Instance = json.GetProperty("n").GetInt32(),
        Parent = json.TryGetProperty("p", out var parent) ? parent.GetInt32() : null,
        NodeId = json.GetProperty("node").GetString()!,
        Status = Enum.Parse<ActivityStatus>(json.GetProperty("status").GetString()!),
        Faults = json.TryGetProperty("faults", out var faults) ? faults.GetInt32() : 0,
        IsBreaking = json.TryGetProperty("breaking", out _),
        CameBack = json.TryGetProperty("back", out _),
        HasWorked = json.TryGetProperty("worked", out _),
        Counter = json.TryGetProperty("counter", out var counter) ? counter.GetInt32() : null,
        Scheduled = [.. Items(json, "scheduled").Select(item => item.GetString()!)],
        Pending = [.. Items(json, "pending").Select(item => item.GetString()!)],
        Variables = Read(json, "variables", Value.Undefined, ValueOrigin.Json),
        LoopVariables = Read(json, "loop", Value.Undefined),
        Flow = json.TryGetProperty("visits", out _)
            ? new FlowState(
                [.. Items(json, "visits").Select(item => item.GetInt32())],
                [.. Items(json, "passes").Select(item => item.GetInt32())],
                [.. Items(json, "followed").Select(item => item.GetInt32() != 0)])
            : null,
    };

    private static void WriteItems<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static IEnumerable<JsonElement> Items(JsonElement json, string name) => json.TryGetProperty(name, out var items) ? items.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static void WriteValue(Utf8JsonWriter writer, string name, Value value)
    {
        if (value.IsUndefined || value.Members is { Count: 0 })
        {
            return;
        }

        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }

    private static Value Read(JsonElement json, string name, Value otherwise, ValueOrigin origin = ValueOrigin.Outside) =>
        json.TryGetProperty(name, out var value) ? ValueJson.Read(value, origin) : otherwise;

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static void WriteTime(Utf8JsonWriter writer, string name, Instant time) => writer.WriteString(name, InstantPattern.ExtendedIso.Format(time));

    private static Instant Time(JsonElement json, string name) => InstantPattern.ExtendedIso.Parse(json.GetProperty(name).GetString()!).Value;
}
