using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ChatOperator.Db;

/// <summary>What holds for every entity, whichever slice it belongs to.</summary>
internal static class Conventions
{
    /// <summary>Marks a string property as JSON: jsonb on PostgreSQL, text on SQLite.</summary>
    public const string Json = "chatoperator:json";

    public static void Finish(ModelBuilder model, AppDb db)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            UseWordsForEnums(entity);
            foreach (var property in entity.GetProperties().Where(p => p.FindAnnotation(Json) is not null))
                if (db is PostgresDb) property.SetColumnType("jsonb");
            // PostgreSQL computes when a row is written, SQLite when it is read: what each of them has.
            foreach (var property in entity.GetProperties().Where(p => p.GetComputedColumnSql() is not null)) property.SetIsStored(db is PostgresDb);
            if (db.Tenant is not null && typeof(ITenantOwned).IsAssignableFrom(entity.ClrType))
                FilterByTenantMethod.MakeGenericMethod(entity.ClrType).Invoke(null, [model, db]);
        }
    }

    private static readonly System.Reflection.MethodInfo FilterByTenantMethod =
        typeof(Conventions).GetMethod(nameof(FilterByTenant), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;

    private static void FilterByTenant<T>(ModelBuilder model, AppDb db) where T : class, ITenantOwned =>
        model.Entity<T>().HasQueryFilter("tenant", row => row.TenantId == db.TenantFilter);

    private static void UseWordsForEnums(IMutableEntityType entity)
    {
        foreach (var property in entity.GetProperties())
        {
            var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            if (!type.IsEnum) continue;
            property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(WordConverter<>).MakeGenericType(type))!);
        }
    }
}

/// <summary>The system's model has no tenant filter, so it is another model than a tenant's.</summary>
internal sealed class ModelKeyFactory : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), ((AppDb)context).Tenant is null, designTime);
}
