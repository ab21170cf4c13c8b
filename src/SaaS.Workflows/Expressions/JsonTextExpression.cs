using System.Text.Json;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>JSON text that is read as the type of its input. For an input of type Object, Elsa leaves it the text that it is.</summary>
internal static class JsonTextExpression
{
    public static CompiledExpression Compile(JsonElement value, TypeKind type)
    {
        var text = value.ToString();
        if (string.IsNullOrWhiteSpace(text))
        {
            return new ConstantExpression(Value.Null);
        }

        if (type is TypeKind.Object or TypeKind.Text)
        {
            return new ConstantExpression(text);
        }

        try
        {
            return new ConstantExpression(ValueConversion.To(text, type));
        }
        catch (ExpressionException exception)
        {
            return new RefusedExpression(exception.Message);
        }
    }
}
