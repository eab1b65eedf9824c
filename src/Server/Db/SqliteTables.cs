using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace ChatOperator.Db;

/// <summary>
/// Makes the tables of the intake that are only ever found by their whole key WITHOUT ROWID: SQLite then keeps the rows in the key's own
/// tree, where it would write two trees for each row otherwise.
/// </summary>
/// <remarks>
/// Not for tables that have other indexes: their key's tree looks so cheap to SQLite that it reads a whole tenant there, having no
/// statistics that say how large tenants are.
/// </remarks>
internal sealed class SqliteTables(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    private static readonly string[] FoundByKey = ["change", "external_id", "intake_count"];

    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate: false);
        if (FoundByKey.Contains(operation.Name)) builder.Append(" WITHOUT ROWID");
        if (!terminate) return;
        builder.AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
        EndStatement(builder);
    }
}
