using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace ChatOperator.Db;

/// <summary>A table as the model knows it: names, converters and JSON, worked out once.</summary>
internal sealed class BulkTable
{
    private static readonly ConcurrentDictionary<IEntityType, BulkTable> Known = new();

    private BulkTable(IEntityType type)
    {
        Name = type.GetTableName()!;
        Columns = [.. type.GetProperties().Where(p => p.GetComputedColumnSql() is null).Select(p => new BulkColumn(p))];
        Inserted = [.. Columns.Where(c => !c.IsMadeByPostgres)];
        Keys = [.. Columns.Where(c => c.Property.IsPrimaryKey())];
        IsGuarded = Columns.Any(c => c.Property.IsConcurrencyToken);
    }

    public string Name { get; }
    public IReadOnlyList<BulkColumn> Columns { get; }

    /// <summary>The columns that PostgreSQL does not make by itself.</summary>
    public IReadOnlyList<BulkColumn> Inserted { get; }
    public IReadOnlyList<BulkColumn> Keys { get; }

    /// <summary>Its rows have versions that an update has to compare.</summary>
    public bool IsGuarded { get; }

    public static BulkTable Of(IEntityType type) => Known.GetOrAdd(type, static t => new BulkTable(t));
}

/// <summary>A column, and how its value gets from an entity to the database.</summary>
internal sealed class BulkColumn
{
    private readonly Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter? _converter;
    private readonly IClrPropertyGetter? _getter;

    public BulkColumn(IProperty property)
    {
        (Property, Name, IsJson) = (property, property.GetColumnName(), property.GetColumnType() == "jsonb");
        _converter = property.GetTypeMapping().Converter;
        _getter = property.IsShadowProperty() ? null : property.GetGetter();
    }

    public IProperty Property { get; }
    public string Name { get; }
    public bool IsJson { get; }

    public bool IsMadeByPostgres => Property.ValueGenerated == ValueGenerated.OnAdd
        && (Property.GetDefaultValueSql() is not null || NpgsqlPropertyExtensions.GetValueGenerationStrategy(Property) != NpgsqlValueGenerationStrategy.None);

    /// <summary>The values of many rows, as one parameter of PostgreSQL.</summary>
    public NpgsqlParameter ArrayOf(IReadOnlyList<EntityEntry> rows) => ArrayOf(rows, Read);

    /// <summary>The same of entities that are not tracked.</summary>
    public NpgsqlParameter ArrayOf(IReadOnlyList<object> rows) => ArrayOf(rows, Read);

    private NpgsqlParameter ArrayOf<T>(IReadOnlyList<T> rows, Func<T, object?> read)
    {
        var stored = _converter?.ProviderClrType ?? Nullable.GetUnderlyingType(Property.ClrType) ?? Property.ClrType;
        var element = stored.IsValueType && Nullable.GetUnderlyingType(stored) is null ? typeof(Nullable<>).MakeGenericType(stored) : stored;
        var array = Array.CreateInstance(element, rows.Count);
        for (var i = 0; i < rows.Count; i++) array.SetValue(Converted(read(rows[i])), i);
        return new NpgsqlParameter { Value = array };
    }

    /// <summary>Binds the value of one row on SQLite. Ids and moments go without a converter: the statement knows their form.</summary>
    public void Bind(SqliteStatement statement, EntityEntry row) => BindValue(statement, Read(row));

    /// <summary>The same of an entity that is not tracked.</summary>
    public void Bind(SqliteStatement statement, object row) => BindValue(statement, Read(row));

    private void BindValue(SqliteStatement statement, object? bound)
    {
        switch (bound)
        {
            case Guid id: statement.Bind(id); break;
            case DateTimeOffset moment: statement.Bind(moment); break;
            case string text when _converter is null: statement.Bind(text); break;
            case var value: statement.BindValue(Converted(value)); break;
        }
    }

    private object? Read(EntityEntry row) => _getter is null ? row.Property(Property).CurrentValue : _getter.GetClrValue(row.Entity);

    private object? Read(object row) => (_getter ?? throw new InvalidOperationException($"{Name} has no property to read it from.")).GetClrValue(row);

    private object? Converted(object? value) => value is not null && _converter is not null ? _converter.ConvertToProvider(value) : value;
}
