using System.Text.Json;
using SaaS.Benchmarks;

// build/bench starts a fresh PostgreSQL with the tenants' folders loaded and passes its arguments on.
var asJson = args.Contains("--json");
var names = args.Where(argument => !argument.StartsWith('-')).ToArray();
Dictionary<string, Func<Ground, CancellationToken, Task<IReadOnlyList<Result>>>> all = new()
{
    ["submit"] = SubmitBenchmark.RunAsync,
    ["ledger"] = LedgerBenchmark.RunAsync,
    ["rls"] = RowSecurityBenchmark.RunAsync,
};
if (names.FirstOrDefault(name => !all.ContainsKey(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'; there are: {string.Join(", ", all.Keys)}.");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
await using var ground = await Ground.OpenAsync(stop.Token);
List<Result> results = [];
foreach (var (name, run) in all.Where(benchmark => names.Length == 0 || names.Contains(benchmark.Key)))
{
    await Console.Error.WriteLineAsync($"{name} …");
    foreach (var result in await run(ground, stop.Token))
    {
        results.Add(result);
        if (!asJson)
        {
            await Console.Out.WriteLineAsync(result.ToString());
        }
    }
}

if (asJson)
{
    await Console.Out.WriteLineAsync(JsonSerializer.Serialize(results, JsonSerializerOptions.Web));
}

return results.TrueForAll(result => result.Reached) ? 0 : 1;
