using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;
using SaaS.Workflows.Tables;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Simulation;

/// <summary>Rows of CSV by the columns of its first line: RFC 4180, quoted cells may hold commas, quotes and line breaks.</summary>
internal sealed class CsvFirmReader : FirmReader
{
    private const int BlockSize = 32;
    private readonly CsvHeader _header;
    private readonly FactLayout? _layout;
    private readonly Binding[] _bindings;
    private readonly int[] _always;
    private readonly (int Column, int Slot)[] _present;
    private readonly int _supplierId;
    private readonly (int Start, int Length)[] _cells;
    private FirmChunk _chunk;
    private byte[] _source = [];
    private byte[] _unquoted = [];
    private bool _hasQuotes;
    private int _at;
    private int _block;
    private uint _marks;
    private long _nextLine;

    public CsvFirmReader(CsvHeader header, FactLayout? layout)
    {
        _header = header;
        _layout = layout;
        _cells = new (int, int)[header.Columns.Count];
        _bindings =
        [
            .. header.Columns.Select((column, number) => (column, number)).Where(each => each.column is not null)
                .Select(each => new Binding(each.number, each.column!, [.. each.column!.Paths.Select(Slot).Where(slot => slot >= 0)]))
                .Where(binding => binding.Slots.Length > 0 || binding.Column.Kind is ColumnKind.Number or ColumnKind.Truth),
        ];
        _always = [.. FirmColumn.Objects.Select(Slot).Where(slot => slot >= 0)];
        _present =
        [
            .. header.Columns.Select((column, number) => (column, number)).Where(each => each.column is not null)
                .SelectMany(each => each.column!.Paths.Where(path => path.Contains('.', StringComparison.Ordinal)).Select(path => (each.number, Slot(path.Split('.')[0]))))
                .Where(each => each.Item2 >= 0 && !_always.Contains(each.Item2)),
        ];
        _supplierId = Slot("supplier.id");

        int Slot(string path) => layout?.Find(path) ?? -1;
    }

    public override ReadOnlySpan<byte> Id => Cell(_header.Id);

    public override ReadOnlySpan<byte> Municipality => Cell(_header.Municipality);

    public override void Open(FirmChunk chunk)
    {
        _chunk = chunk;
        _hasQuotes = chunk.Buffer.AsSpan(0, chunk.Length).Contains((byte)'"');
        _at = 0;
        _block = -BlockSize;
        _marks = 0;
        _nextLine = chunk.FirstLine;
    }

    public override bool Next(Span<Fact> facts, FileProblems problems)
    {
        while (_at < _chunk.Length)
        {
            Line = _nextLine;
            var cells = _hasQuotes ? SplitQuoted(problems) : SplitPlain();
            if (cells == 0 || (cells == 1 && _cells[0].Length == 0))
            {
                continue;
            }

            if (cells != _cells.Length)
            {
                problems.Add(new FileProblem(Line, null, $"칸이 {cells}개입니다. 첫 줄에는 {_cells.Length}개가 있습니다.", $"The row has {cells} cells; the first line has {_cells.Length}."));
            }
            else if (Bind(facts, problems))
            {
                return true;
            }
        }

        return false;
    }

    public override Value ToApplication()
    {
        var application = new ValueObject(12);
        application.Set("firm", Value.From(new ValueObject(12)));
        application.Set("facility", Value.From(new ValueObject(2)));
        application.Set("supplier", Value.Null);
        application.Set("leadFirm", Value.Null);
        if (_header.SupplierRegistered >= 0 && _cells[_header.SupplierRegistered].Length > 0)
        {
            Set(application, ["supplier", "id"], "supplier");
        }

        for (var number = 0; number < _cells.Length; number++)
        {
            if (_cells[number].Length == 0 || _header.Columns[number] is not { } column)
            {
                continue;
            }

            var value = FirmColumn.ToValue(column.Kind, Cell(number));
            foreach (var path in column.Paths)
            {
                Set(application, path.Split('.'), value);
            }
        }

        return Value.From(application);
    }

    private static void Set(ValueObject holder, ReadOnlySpan<string> names, Value value)
    {
        foreach (var name in names[..^1])
        {
            if (!holder.TryGet(name, out var inner) || inner.Members is null)
            {
                inner = Value.From(new ValueObject(4));
                holder.Set(name, inner);
            }

            holder = inner.Members!;
        }

        holder.Set(names[^1], value);
    }

    private ReadOnlySpan<byte> Cell(int number) => number < 0 ? default : _source.AsSpan(_cells[number].Start, _cells[number].Length);

    private bool Bind(Span<Fact> facts, FileProblems problems)
    {
        var isAsked = !facts.IsEmpty;
        if (isAsked)
        {
            facts.Fill(Fact.Missing);
            foreach (var slot in _always)
            {
                facts[slot] = FactQuestions.OfObject;
            }

            if (_supplierId >= 0 && _header.SupplierRegistered >= 0 && _cells[_header.SupplierRegistered].Length > 0)
            {
                facts[_supplierId] = _layout![_supplierId].OfText("supplier"u8);
            }
        }

        var isGood = true;
        foreach (ref readonly var binding in _bindings.AsSpan())
        {
            var (start, length) = _cells[binding.Cell];
            if (length > 0)
            {
                isGood &= Bind(binding, _source.AsSpan(start, length), facts, problems);
            }
        }

        foreach (var (cell, slot) in _present)
        {
            facts[slot] = _cells[cell].Length > 0 ? FactQuestions.OfObject : facts[slot];
        }

        return isGood;
    }

    private bool Bind(in Binding binding, ReadOnlySpan<byte> cell, Span<Fact> facts, FileProblems problems)
    {
        Fact fact;
        switch (binding.Column.Kind)
        {
            case ColumnKind.Number:
                if (!FirmColumn.TryNumber(cell, out var number))
                {
                    problems.Add(new FileProblem(Line, binding.Column.Name, $"'{Shown(cell)}'은(는) 수가 아닙니다. 쉼표나 단위 없이 적어 주세요.", $"'{Shown(cell)}' is not a number; write it without commas or units."));
                    return false;
                }

                fact = Fact.Of(number);
                break;
            case ColumnKind.Truth:
                if (!FirmColumn.TryTruth(cell, out var truth))
                {
                    problems.Add(new FileProblem(Line, binding.Column.Name, $"'{Shown(cell)}'은(는) true나 false여야 합니다.", $"'{Shown(cell)}' must be true or false."));
                    return false;
                }

                fact = Fact.Of(truth);
                break;
            default:
                foreach (var slot in binding.Slots)
                {
                    facts[slot] = binding.Column.Kind == ColumnKind.List ? OfList(_layout![slot], cell) : _layout![slot].OfText(cell);
                }

                return true;
        }

        foreach (var slot in binding.Slots)
        {
            facts[slot] = fact;
        }

        return true;
    }

    private static Fact OfList(FactQuestions questions, ReadOnlySpan<byte> cell)
    {
        var held = 0UL;
        foreach (var item in FirmColumn.Items(cell))
        {
            held |= questions.BitsOfItem(item);
        }

        return FactQuestions.OfList(held);
    }

    private static string Shown(ReadOnlySpan<byte> cell) => Encoding.UTF8.GetString(cell.Length > 40 ? cell[..40] : cell);

    // Where no cell is quoted, commas and line breaks are found 32 bytes at a time, and cells are read where they stand.
    private int SplitPlain()
    {
        _source = _chunk.Buffer;
        _nextLine++;
        var (count, start) = (0, _at);
        while (true)
        {
            while (_marks != 0)
            {
                var at = _block + BitOperations.TrailingZeroCount(_marks);
                _marks &= _marks - 1;
                Put(count++, start, at - start);
                start = at + 1;
                if (_source[at] == '\n')
                {
                    _at = start;
                    return count;
                }
            }

            _block += BlockSize;
            if (_block >= _chunk.Length)
            {
                _at = _chunk.Length;
                Put(count++, start, _at - start);
                return count;
            }

            _marks = Marks();
        }
    }

    private uint Marks()
    {
        var left = _chunk.Length - _block;
        uint marks;
        if (_block + BlockSize <= _source.Length)
        {
            var bytes = Vector256.Create<byte>(_source.AsSpan(_block, BlockSize));
            marks = (Vector256.Equals(bytes, Vector256.Create((byte)',')) | Vector256.Equals(bytes, Vector256.Create((byte)'\n'))).ExtractMostSignificantBits();
        }
        else
        {
            marks = 0;
            for (var i = 0; i < left; i++)
            {
                marks |= _source[_block + i] is (byte)',' or (byte)'\n' ? 1U << i : 0;
            }
        }

        return left >= BlockSize ? marks : marks & ((1U << left) - 1);
    }

    // Copies the row without its quotes, and notes where each cell stands in the copy.
    private int SplitQuoted(FileProblems problems)
    {
        var rest = _chunk.Buffer.AsSpan(_at, _chunk.Length - _at);
        var length = FirmChunks.NextRow(rest, isCsv: true);
        var row = rest[..length].TrimEnd("\r\n"u8);
        _at += length;
        _nextLine += rest[..length].Count((byte)'\n');
        if (_unquoted.Length < row.Length)
        {
            _unquoted = new byte[Math.Max(1_024, row.Length * 2)];
        }

        _source = _unquoted;
        var (cell, at, to) = (0, 0, 0);
        while (true)
        {
            var start = to;
            if (at < row.Length && row[at] == '"' && !Unquote(row, ref at, ref to))
            {
                problems.Add(new FileProblem(Line, NameOf(cell), "따옴표가 닫히지 않았습니다.", "A quote is never closed."));
                return 0;
            }

            var comma = row[at..].IndexOf((byte)',');
            var plain = comma < 0 ? row[at..] : row.Slice(at, comma);
            plain.CopyTo(_unquoted.AsSpan(to));
            to += plain.Length;
            Put(cell++, start, to - start);
            if (comma < 0)
            {
                return cell;
            }

            at += comma + 1;
        }
    }

    private bool Unquote(ReadOnlySpan<byte> row, ref int at, ref int to)
    {
        at++;
        while (true)
        {
            var end = row[at..].IndexOf((byte)'"');
            if (end < 0)
            {
                return false;
            }

            row.Slice(at, end).CopyTo(_unquoted.AsSpan(to));
            to += end;
            at += end + 1;
            if (at >= row.Length || row[at] != '"')
            {
                return true;
            }

            _unquoted[to++] = (byte)'"';
            at++;
        }
    }

    private void Put(int cell, int start, int length)
    {
        if (cell >= _cells.Length)
        {
            return;
        }

        if (length > 0 && (_source[start] <= ' ' || _source[start + length - 1] <= ' '))
        {
            while (length > 0 && _source[start] is (byte)' ' or (byte)'\t')
            {
                start++;
                length--;
            }

            while (length > 0 && _source[start + length - 1] is (byte)' ' or (byte)'\t' or (byte)'\r')
            {
                length--;
            }
        }

        _cells[cell] = (start, length);
    }

    private string? NameOf(int cell) => cell < _header.Names.Count ? _header.Names[cell] : null;

    /// <summary>A cell that somebody asks for.</summary>
    private readonly record struct Binding(int Cell, FirmColumn Column, int[] Slots);
}
