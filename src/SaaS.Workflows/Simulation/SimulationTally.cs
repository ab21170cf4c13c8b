using System.Text;
using SaaS.Domain.Money;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Simulation;

/// <summary>Adds up what becomes of firms. One a thread; added together at the end.</summary>
internal sealed class SimulationTally
{
    public const int MarginalKept = 100;

    /// <summary>The result of whom the ranking left on the waiting list.</summary>
    public const string Waitlisted = "Waitlisted";

    private const int Funders = 5;
    private readonly SortedDictionary<string, long> _verdicts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _tiers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _results = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (long Firms, Int128[] Won)> _tierWon = new(StringComparer.Ordinal);
    private readonly Dictionary<RunNode, Sums> _firsts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<RunNode, Sums> _ends = new(ReferenceEqualityComparer.Instance);
    private readonly Places _places = new();
    private readonly Int128[] _won = new Int128[Funders];
    private readonly List<MarginalFirm> _marginal = [];
    private (double Distance, long Line) _furthest = (double.PositiveInfinity, 0);

    public long Firms { get; private set; }

    /// <summary>Firms that passed: eligible, in a tier, with a cost that could be shared.</summary>
    public long Passed { get; private set; }

    /// <summary>Of those, the ones that no later stage turned down.</summary>
    public long Supported { get; private set; }

    /// <summary>Whether a firm that is so far from passing is still among those kept.</summary>
    public bool KeepsMarginal(double distance, long line) => distance < _furthest.Distance || (distance == _furthest.Distance && line < _furthest.Line);

    public void Begin(RunNode node)
    {
        Firms++;
        Passed += node.HasPassed ? 1 : 0;
        Of(_firsts, node).Firms++;
    }

    public void End(RunNode node, ReadOnlySpan<byte> municipality, ReadOnlySpan<long> won)
    {
        var sums = Of(_ends, node);
        sums.Firms++;
        if (!IsSupported(node))
        {
            return;
        }

        ref var place = ref _places.Of(municipality);
        place.Firms++;
        for (var funder = 0; funder < won.Length; funder++)
        {
            sums.Won[funder] += won[funder];
            place.Won![funder] += won[funder];
        }
    }

    public void EndOnWaitingList() => Count(_results, Waitlisted, 1);

    public void AddReason(string code) => System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_reasons, code, out _)++;

    public void AddMarginal(MarginalFirm firm)
    {
        _marginal.Add(firm);
        if (_marginal.Count >= MarginalKept * 2)
        {
            TrimMarginal();
        }
    }

    public static bool IsSupported(RunNode node) => node.HasPassed && !node.IsFaulted && node.Result is null or "Completed";

    public static string ResultOf(RunNode node) => node.IsFaulted ? "Fault" : node.Result ?? (node.Waiting is null ? "Ended" : "Waiting");

    /// <summary>Adds another thread's tally to this one.</summary>
    public void Add(SimulationTally other)
    {
        Settle();
        other.Settle();
        Firms += other.Firms;
        Passed += other.Passed;
        Supported += other.Supported;
        Merge(_verdicts, other._verdicts);
        Merge(_tiers, other._tiers);
        foreach (var (code, count) in other._reasons)
        {
            _reasons[code] = _reasons.GetValueOrDefault(code) + count;
        }

        Merge(_results, other._results);
        _places.Add(other._places);
        foreach (var (tier, (firms, won)) in other._tierWon)
        {
            AddTier(tier, firms, won);
        }

        for (var funder = 0; funder < Funders; funder++)
        {
            _won[funder] += other._won[funder];
        }

        _marginal.AddRange(other._marginal);
        TrimMarginal();
    }

    /// <summary>All sums as one JSON object.</summary>
    public Value ToValue()
    {
        Settle();
        TrimMarginal();
        return Value.Object(
            ("firms", Firms),
            ("passed", Passed),
            ("supported", Supported),
            ("verdicts", ToValue(_verdicts)),
            ("tiers", ToValue(_tiers)),
            ("reasons", ToValue(new SortedDictionary<string, long>(_reasons, StringComparer.Ordinal))),
            ("results", ToValue(_results)),
            ("won", ToValue(_won)),
            ("tierWon", Value.Object([.. _tierWon.Select(each => (each.Key, ToValue(each.Value.Firms, each.Value.Won)))])),
            ("municipalities", Value.Object([.. _places.Named().Select(each => (each.Name, ToValue(each.Firms, each.Won)))])),
            ("marginal", Value.From([.. _marginal.Take(MarginalKept).Select(each => each.ToValue())])));
    }

    private static Sums Of(Dictionary<RunNode, Sums> sums, RunNode node)
    {
        ref var known = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(sums, node, out _);
        return known ??= new Sums();
    }

    private void Settle()
    {
        foreach (var (node, sums) in _firsts)
        {
            Count(_verdicts, node.Verdict, sums.Firms);
            if (node.HasPassed)
            {
                Count(_tiers, node.Tier, sums.Firms);
            }
        }

        foreach (var (node, sums) in _ends)
        {
            Count(_results, ResultOf(node), sums.Firms);
            if (IsSupported(node))
            {
                Supported += sums.Firms;
                AddTier(node.Tier, sums.Firms, sums.Won);
                for (var funder = 0; funder < Funders; funder++)
                {
                    _won[funder] += sums.Won[funder];
                }
            }
        }

        _firsts.Clear();
        _ends.Clear();
    }

    private void AddTier(string tier, long firms, Int128[] won)
    {
        var mine = _tierWon.TryGetValue(tier, out var known) ? known : (0, new Int128[Funders]);
        _tierWon[tier] = (mine.Firms + firms, [.. mine.Won.Zip(won, static (left, right) => left + right)]);
    }

    /// <summary>Takes what cases that share no node have counted off memory.</summary>
    public void SettleWhenLarge()
    {
        if (_firsts.Count > 4_096 || _ends.Count > 4_096)
        {
            Settle();
        }
    }

    private void TrimMarginal()
    {
        _marginal.Sort(static (left, right) => left.Distance != right.Distance ? left.Distance.CompareTo(right.Distance) : left.Line.CompareTo(right.Line));
        if (_marginal.Count > MarginalKept)
        {
            _marginal.RemoveRange(MarginalKept, _marginal.Count - MarginalKept);
        }

        _furthest = _marginal.Count == MarginalKept ? (_marginal[^1].Distance, _marginal[^1].Line) : _furthest;
    }

    private static void Count(SortedDictionary<string, long> counts, string key, long by) => counts[key] = counts.GetValueOrDefault(key) + by;

    private static void Merge(SortedDictionary<string, long> into, SortedDictionary<string, long> from)
    {
        foreach (var (key, count) in from)
        {
            Count(into, key, count);
        }
    }

    private static Value ToValue(SortedDictionary<string, long> counts) => Value.Object([.. counts.Select(each => (each.Key, Value.From(each.Value)))]);

    private static Value ToValue(long firms, Int128[] won)
    {
        var members = ToValue(won).Members!.Copy();
        members.Set("firms", firms);
        return Value.From(members);
    }

    private static Value ToValue(Int128[] won) => Value.Object([.. Enum.GetValues<Funder>().Where(funder => won[(int)funder] != 0).Select(funder => (funder.ToString(), Value.From((double)won[(int)funder])))]);

    /// <summary>What each municipality's firms get, by the bytes of its code.</summary>
    private sealed class Places
    {
        private Place[] _places = new Place[64];
        private int _count;

        public ref Place Of(ReadOnlySpan<byte> name)
        {
            if (_count * 2 >= _places.Length)
            {
                var old = _places;
                _places = new Place[old.Length * 2];
                foreach (var place in old)
                {
                    if (place.Won is not null)
                    {
                        Find(place.Name) = place;
                    }
                }
            }

            ref var found = ref Find(name);
            if (found.Won is null)
            {
                found.Name = name.ToArray();
                found.Won = new Int128[Funders];
                _count++;
            }

            return ref found;
        }

        public void Add(Places other)
        {
            foreach (var theirs in other._places.Where(place => place.Won is not null))
            {
                ref var place = ref Of(theirs.Name);
                place.Firms += theirs.Firms;
                for (var funder = 0; funder < Funders; funder++)
                {
                    place.Won![funder] += theirs.Won![funder];
                }
            }
        }

        public IEnumerable<(string Name, long Firms, Int128[] Won)> Named() =>
            _places.Where(place => place.Won is not null).Select(place => (Encoding.UTF8.GetString(place.Name), place.Firms, place.Won!)).OrderBy(place => place.Item1, StringComparer.Ordinal);

        private ref Place Find(ReadOnlySpan<byte> name)
        {
            var at = Tables.Utf8Table.Hash(name) & (_places.Length - 1);
            while (_places[at].Won is not null && !name.SequenceEqual(_places[at].Name))
            {
                at = (at + 1) & (_places.Length - 1);
            }

            return ref _places[at];
        }
    }

    private sealed class Sums
    {
        public long Firms { get; set; }

        public Int128[] Won { get; } = new Int128[Funders];
    }

    private struct Place
    {
        public byte[] Name;
        public long Firms;
        public Int128[]? Won;
    }
}

/// <summary>A firm that one small change would let pass.</summary>
/// <param name="Distance">How far it is from passing, as a part of the limit.</param>
/// <param name="Line">Its line.</param>
/// <param name="Id">The firm.</param>
/// <param name="Reason">The reason as the case holds it.</param>
internal sealed record MarginalFirm(double Distance, long Line, string Id, Value Reason)
{
    public Value ToValue() => Value.Object(
        ("line", Line), ("id", Id), ("reason", Reason["code"]), ("field", Reason["field"]), ("distance", Math.Round(Distance, 6)),
        ("nearestKo", Reason["nearestKo"]), ("nearestEn", Reason["nearestEn"]));
}
