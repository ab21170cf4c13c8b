using System.Text.Json;
using System.Text.Json.Serialization;
using SaaS.Benchmarks;

// build/bench starts a fresh PostgreSQL with the tenants' folders loaded where a benchmark needs it, and passes its arguments on.
var asJson = args.Contains("--json");
Dictionary<string, Func<CancellationToken, Task<IReadOnlyList<Result>>>> inMemory = new()
{
    ["runtime"] = RuntimeBenchmark.RunAsync,
    ["tables"] = TablesBenchmark.RunAsync,
    ["simulation"] = SimulationBenchmark.RunAsync,
};
Dictionary<string, Func<Ground, CancellationToken, Task<IReadOnlyList<Result>>>> onDatabase = new()
{
    ["submit"] = SubmitBenchmark.RunAsync,
    ["ledger"] = LedgerBenchmark.RunAsync,
    ["burst"] = BurstBenchmark.RunAsync,
    ["rls"] = RowSecurityBenchmark.RunAsync,
};
Dictionary<string, string[]> groups = new() { ["workflow"] = ["runtime", "tables", "simulation", "burst"] };
string[] names = [.. inMemory.Keys, .. onDatabase.Keys];
var asked = args.Where(argument => !argument.StartsWith('-')).SelectMany(name => groups.GetValueOrDefault(name) ?? [name]).ToArray();
if (args.FirstOrDefault(argument => !argument.StartsWith('-') && !groups.ContainsKey(argument) && !names.Contains(argument)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'; there are: {string.Join(", ", names.Concat(groups.Keys))}.");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
List<Result> results = [];
foreach (var (name, run) in inMemory.Where(benchmark => IsAsked(benchmark.Key)))
{
    await TellAsync(name, run(stop.Token));
}

if (onDatabase.Keys.Any(IsAsked))
{
    await using var ground = await Ground.OpenAsync(stop.Token);
    foreach (var (name, run) in onDatabase.Where(benchmark => IsAsked(benchmark.Key)))
    {
        await TellAsync(name, run(ground, stop.Token));
    }
}

if (asJson)
{
    var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };
    await Console.Out.WriteLineAsync(JsonSerializer.Serialize(results, options));
}

return results.TrueForAll(result => result.Reached) ? 0 : 1;

bool IsAsked(string name) => asked.Length == 0 || asked.Contains(name);

async Task TellAsync(string name, Task<IReadOnlyList<Result>> running)
{
    await Console.Error.WriteLineAsync($"{name} …");
    foreach (var result in await running)
    {
        results.Add(result);
        if (!asJson)
        {
            await Console.Out.WriteLineAsync(result.ToString());
        }
    }
}
