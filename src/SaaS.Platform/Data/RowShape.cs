using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Update;
using Npgsql;
using NpgsqlTypes;

namespace SaaS.Platform.Data;

/// <summary>How the rows of an entity lie in its table, and how their values come out of tracked and untracked rows; made once for each entity.</summary>
internal sealed class RowShape
{
    private static readonly ConcurrentDictionary<IEntityType, RowShape> Shapes = [];

    private readonly ConcurrentDictionary<ulong, string> updates = [];

    private RowShape(IEntityType type)
    {
        IProperty[] properties = [.. type.GetProperties()];
        if (properties.Length > 64)
        {
            throw new NotSupportedException($"{type.DisplayName()} has more than 64 columns.");
        }

        Table = type.GetTableName() ?? throw new NotSupportedException($"{type.DisplayName()} has no table.");
        Columns = [.. properties.Select(RowColumn.Of)];
        Keys = [.. Columns.Where(column => column.Property.IsPrimaryKey())];
        Tenant = type.ClrType.IsAssignableTo(typeof(ITenantOwned)) ? type.FindProperty(nameof(ITenantOwned.TenantId)) : null;
        Tokens = [.. Columns.Where(column => column.Property.IsConcurrencyToken)];
        var places = string.Join(", ", Enumerable.Range(1, Columns.Length).Select(number => $"${number}"));
        var into = $"insert into {Table} ({string.Join(", ", Columns.Select(column => column.Name))})";
        InsertOne = $"{into} values ({places})";
        InsertMany = Columns.Any(column => column.IsArray) ? null : $"{into} select * from unnest({places})";
    }

    public string Table { get; }

    /// <summary>All of them, in the order of the inserts' places.</summary>
    public RowColumn[] Columns { get; }

    public RowColumn[] Keys { get; }

    public RowColumn[] Tokens { get; }

    /// <summary>Whose row it is; null for what belongs to no tenant.</summary>
    public IProperty? Tenant { get; }

    /// <summary>Adds a single row, which takes half the time of <see cref="InsertMany"/>.</summary>
    public string InsertOne { get; }

    /// <summary>Adds any number of rows; null where a column holds arrays, which unnest would take apart.</summary>
    public string? InsertMany { get; }

    public static RowShape Of(IEntityType type) => Shapes.GetOrAdd(type, static type => new RowShape(type));

    /// <summary>Sets the given columns (first places) of the row with a key (places after them), if its concurrency tokens are as given (last places).</summary>
    public string Update(List<RowColumn> columns)
    {
        var which = 0UL;
        foreach (var column in columns)
        {
            which |= 1UL << Array.IndexOf(Columns, column);
        }

        return updates.TryGetValue(which, out var known)
            ? known
            : updates[which] = $"update {Table} set {string.Join(", ", columns.Select((column, place) => $"{column.Name} = ${place + 1}"))} where {Where(columns.Count)}";
    }

    public string Delete => field ??= $"delete from {Table} where {Where(0)}";

    // Tokens are never null: "=" would not find such a row.
    private string Where(int places) => string.Join(" and ", Keys.Concat(Tokens).Select((column, place) => $"{column.Name} = ${places + place + 1}"));
}

/// <summary>A column: how its value comes out of a row and becomes a parameter.</summary>
internal abstract class RowColumn(IProperty property)
{
    public IProperty Property { get; } = property;

    public string Name { get; } = property.GetColumnName();

    public bool IsArray { get; } = property.GetRelationalTypeMapping().StoreType.EndsWith("[]", StringComparison.Ordinal);

    public bool IsTenant { get; } = property.Name == nameof(ITenantOwned.TenantId);

    public abstract NpgsqlParameter Current(IUpdateEntry row);

    public abstract NpgsqlParameter Original(IUpdateEntry row);

    /// <summary>The column of several rows as the array that unnest takes apart.</summary>
    public abstract NpgsqlParameter Current(IReadOnlyList<IUpdateEntry> rows);

    /// <param name="row">An entity that nobody tracks.</param>
    public abstract NpgsqlParameter Untracked(object row);

    public abstract NpgsqlParameter Untracked(IReadOnlyList<object> rows);

    /// <param name="value">One of the property's own type.</param>
    public abstract NpgsqlParameter Value(object? value);

    /// <exception cref="NotSupportedException">The database would fill the column; nothing is read back.</exception>
    public static RowColumn Of(IProperty property)
    {
        if (property.ValueGenerated is not ValueGenerated.Never && property.GetValueGeneratorFactory() is null)
        {
            throw new NotSupportedException($"The column of {property.DeclaringType.DisplayName()}.{property.Name} is filled by the database; nothing is read back.");
        }

        if (property is { IsConcurrencyToken: true, IsNullable: true })
        {
            throw new NotSupportedException($"{property.DeclaringType.DisplayName()}.{property.Name} tells versions of a row apart and may not be null.");
        }

        var converter = property.GetRelationalTypeMapping().Converter;
        var type = converter?.ProviderClrType ?? property.ClrType;
        type = property.IsNullable && type.IsValueType && Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type;
        return (RowColumn)Activator.CreateInstance(typeof(RowColumn<,>).MakeGenericType(property.ClrType, type), property, converter?.ConvertToProviderExpression)!;
    }
}

/// <typeparam name="TModel">The property's type.</typeparam>
/// <typeparam name="TStored">What Npgsql gets.</typeparam>
internal sealed class RowColumn<TModel, TStored> : RowColumn
{
    private static readonly bool IsNullableValue = Nullable.GetUnderlyingType(typeof(TStored)) is not null;

    private readonly Func<TModel, TStored> stored;
    private readonly Func<object, TModel>? read;
    private readonly NpgsqlDbType type;

    public RowColumn(IProperty property, LambdaExpression? conversion)
        : base(property)
    {
        var value = Expression.Parameter(typeof(TModel));
        stored = Expression.Lambda<Func<TModel, TStored>>(Stored(value, conversion), value).Compile();
        var row = Expression.Parameter(typeof(object));
        read = property.PropertyInfo is { } info
            ? Expression.Lambda<Func<object, TModel>>(Expression.Property(Expression.Convert(row, property.DeclaringType.ClrType), info), row).Compile()
            : null;

        // EF Core knows the type, but shows it on a parameter only.
        using var command = new NpgsqlCommand();
        type = ((NpgsqlParameter)property.GetRelationalTypeMapping().CreateParameter(command, "value", null)).NpgsqlDbType;
    }

    public override NpgsqlParameter Current(IUpdateEntry row) => Parameter(row.GetCurrentValue<TModel>(Property));

    public override NpgsqlParameter Original(IUpdateEntry row) => Parameter(row.GetOriginalValue<TModel>(Property));

    public override NpgsqlParameter Current(IReadOnlyList<IUpdateEntry> rows)
    {
        var values = new TStored[rows.Count];
        for (var place = 0; place < values.Length; place++)
        {
            values[place] = stored(rows[place].GetCurrentValue<TModel>(Property));
        }

        return Parameter(values);
    }

    public override NpgsqlParameter Untracked(object row) => Parameter(Read(row));

    public override NpgsqlParameter Untracked(IReadOnlyList<object> rows)
    {
        var values = new TStored[rows.Count];
        for (var place = 0; place < values.Length; place++)
        {
            values[place] = stored(Read(rows[place]));
        }

        return Parameter(values);
    }

    public override NpgsqlParameter Value(object? value) => Parameter((TModel)value!);

    // Null stays null; a converter is only asked for what is there.
    private static Expression Stored(ParameterExpression value, LambdaExpression? conversion)
    {
        if (conversion is null)
        {
            return Convert(value, typeof(TStored));
        }

        var given = Convert(value, conversion.Parameters[0].Type);
        var converted = Convert(new Replace(conversion.Parameters[0], given).Visit(conversion.Body), typeof(TStored));
        return typeof(TModel).IsValueType && Nullable.GetUnderlyingType(typeof(TModel)) is null
            ? converted
            : Expression.Condition(Expression.Equal(value, Expression.Constant(null, typeof(TModel))), Expression.Default(typeof(TStored)), converted);
    }

    private static Expression Convert(Expression value, Type to) => value.Type == to ? value : Expression.Convert(value, to);

    private TModel Read(object row) => read is null ? throw new NotSupportedException($"{Name} is kept beside its rows, which have to be tracked.") : read(row);

    private NpgsqlParameter Parameter(TModel value)
    {
        var given = stored(value);
        return given is null || IsNullableValue
            ? new NpgsqlParameter { NpgsqlDbType = type, Value = (object?)given ?? DBNull.Value }
            : new NpgsqlParameter<TStored> { NpgsqlDbType = type, TypedValue = given };
    }

    private NpgsqlParameter<TStored[]> Parameter(TStored[] values) => new() { NpgsqlDbType = type | NpgsqlDbType.Array, TypedValue = values };

    private sealed class Replace(ParameterExpression parameter, Expression by) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? by : base.VisitParameter(node);
    }
}
