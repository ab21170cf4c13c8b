namespace SaaS.Platform.Data;

/// <summary>The SQL that makes <see cref="Visibility"/> true. Idempotent: it replaces whatever policies and grants stood there.</summary>
internal static class VisibilitySql
{
    public static string For(DatabaseSettings settings, IReadOnlySet<string> tables)
    {
        var sql = new List<string>();
        foreach (var table in tables.Order(StringComparer.Ordinal))
        {
            sql.Add($"alter table {table} enable row level security, force row level security;");
            foreach (var plane in Enum.GetValues<Plane>().Where(plane => plane is not Plane.Administration))
            {
                sql.Add($"revoke all on {table} from {settings.RoleOf(plane)};");
            }
        }

        sql.Add(DropPolicies);
        foreach (var cell in Visibility.All)
        {
            var role = settings.RoleOf(cell.Plane);
            var name = cell.Plane.ToString().ToLowerInvariant();
            if (cell.Written is { } written)
            {
                sql.Add($"create policy {name} on {cell.Table} for select to {role} using ({cell.Rows});");
                sql.Add($"create policy {name}_adds on {cell.Table} for insert to {role} with check ({written});");
                sql.Add($"create policy {name}_changes on {cell.Table} for update to {role} using ({written}) with check ({written});");
            }
            else
            {
                sql.Add($"create policy {name} on {cell.Table} to {role} using ({cell.Rows}) with check ({cell.Rows});");
            }

            if (cell.Plane is not Plane.Administration)
            {
                sql.Add($"grant {Privileges(cell.Verbs)} on {cell.Table} to {role};");
            }
        }

        foreach (var table in Visibility.AppendOnly)
        {
            sql.Add($"create or replace trigger append_only before update or delete on {table} for each row execute function refuse_change();");
            sql.Add($"create or replace trigger append_only_truncate before truncate on {table} for each statement execute function refuse_change();");
        }

        return string.Join('\n', sql);
    }

    private const string DropPolicies = """
        do $$
        declare p record;
        begin
            for p in select policyname, tablename from pg_policies where schemaname = 'public' loop
                execute format('drop policy %I on %I', p.policyname, p.tablename);
            end loop;
        end $$;
        """;

    private static string Privileges(Verbs verbs)
    {
        (Verbs Verb, string Privilege)[] privileges =
            [(Verbs.Read, "select"), (Verbs.Add, "insert"), (Verbs.Change, "update"), (Verbs.Remove, "delete")];
        return string.Join(", ", privileges.Where(pair => verbs.HasFlag(pair.Verb)).Select(pair => pair.Privilege));
    }
}
