using System.Collections;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace SaaS.IntegrationTests.Access;

/// <summary>Bodies for any endpoint that takes one, made from the type that it declares.</summary>
internal static class Bodies
{
    private static readonly string[] Garbage = ["", "{", "[]", "null", "\"x\"", "{\"\\ud800\":1e999"];

    /// <summary>A body of the right shape.</summary>
    public static Func<HttpContent?> Plausible(RouteEndpoint route)
    {
        if (route.Metadata.GetMetadata<IAcceptsMetadata>() is not { } accepts)
        {
            return () => null;
        }

        return accepts.RequestType is { } type && accepts.ContentTypes.Contains("application/json")
            ? Json(Of(type, 0)?.ToJsonString() ?? "null")
            : accepts.ContentTypes.Contains("multipart/form-data") ? File : () => new FormUrlEncodedContent([new("organisation", Guid.Empty.ToString())]);
    }

    /// <summary>Bodies that are wrong: none, not JSON, of another shape, every member of another type.</summary>
    public static IEnumerable<Func<HttpContent?>> Wrong(RouteEndpoint route)
    {
        if (route.Metadata.GetMetadata<IAcceptsMetadata>() is not { } accepts)
        {
            return [];
        }

        // Where a body may be left out, none and null are not wrong.
        var wrong = Garbage.Where(text => !accepts.IsOptional || text is not ("" or "null")).Select(Json);
        return accepts.RequestType is { } type && accepts.ContentTypes.Contains("application/json") && !type.IsAssignableTo(typeof(JsonNode))
            ? wrong.Append(Json(Twisted(type))).Append(() => new StringContent("x=1", Encoding.UTF8, "application/x-www-form-urlencoded"))
            : wrong;
    }

    private static MultipartFormDataContent File() => new()
    {
        { new StringContent("x"), "code" },
        { new ByteArrayContent("%PDF-"u8.ToArray()), "file", "plan.pdf" },
    };

    private static Func<HttpContent?> Json(string text) => () => new StringContent(text, Encoding.UTF8, "application/json");

    private static string Twisted(Type type)
    {
        var members = type.GetProperties().Select(property => KeyValuePair.Create(
            property.Name, (JsonNode?)(property.PropertyType == typeof(string) ? new JsonArray() : JsonValue.Create("☃"))));
        return new JsonObject(members.Where(member => member.Key != "EqualityContract")).ToJsonString();
    }

    private static JsonNode? Of(Type type, int depth)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            _ when plain == typeof(string) => JsonValue.Create("x"),
            _ when plain == typeof(bool) => JsonValue.Create(true),
            _ when plain == typeof(Guid) => JsonValue.Create(Guid.Empty.ToString()),
            _ when plain == typeof(NodaTime.LocalDate) => JsonValue.Create("2025-03-04"),
            _ when plain.IsEnum => JsonValue.Create(Enum.GetNames(plain)[0]),
            _ when plain.IsPrimitive => JsonValue.Create(1),
            _ when plain.IsAssignableTo(typeof(IDictionary)) || IsDictionary(plain) => new JsonObject(),
            _ when plain.IsAssignableTo(typeof(IEnumerable)) => new JsonArray(),
            _ when plain.FullName!.StartsWith("System.Text.Json", StringComparison.Ordinal) || depth > 3 => new JsonObject(),
            _ => new JsonObject(plain.GetProperties().Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
                .Select(property => KeyValuePair.Create(property.Name, Of(property.PropertyType, depth + 1)))),
        };
    }

    private static bool IsDictionary(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() is { } open
        && (open == typeof(IReadOnlyDictionary<,>) || open == typeof(IDictionary<,>));
}
