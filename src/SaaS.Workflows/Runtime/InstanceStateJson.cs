using System.Buffers;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>
/// Writes the JSON of an instance: short names, nothing that is at its default; <c>v</c> is the version of the shape and comes first.
/// <see cref="InstanceStateReader"/> reads it.
/// </summary>
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

    private static void Write(Utf8JsonWriter writer, OutputState output)
    {
        writer.WriteStartObject();
        writer.WriteString("node", output.NodeId);
        writer.WriteNumber("in", output.Container);
        writer.WriteString("name", output.Name);
        WriteValue(writer, "value", output.Value);
        writer.WriteEndObject();
    }

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

    private static void WriteValue(Utf8JsonWriter writer, string name, Value value)
    {
        if (value.IsUndefined || value.Members is { Count: 0 })
        {
            return;
        }

        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, Instant time) => writer.WriteString(name, InstantPattern.ExtendedIso.Format(time));
}
