using System.Text;
using System.Text.Json;
using SaaS.Workflows.Tables;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Simulation;

/// <summary>Rows of JSONL: each line is the input Application of one firm.</summary>
internal sealed class JsonFirmReader : FirmReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = ValueLimits.Depth };
    private readonly FactLayout? _layout;
    private readonly Member _root;
    private FirmChunk _chunk;
    private int _row;
    private int _length;
    private int _at;
    private long _nextLine;
    private byte[] _id = [];
    private byte[] _municipality = [];
    private int _idLength;
    private int _municipalityLength;
    private byte[] _text = new byte[256];

    public JsonFirmReader(FactLayout? layout)
    {
        _layout = layout;
        _root = new Member("", "");
        foreach (var column in FirmColumn.All)
        {
            foreach (var path in column.Paths)
            {
                _root.Find(path).Kind = column.Kind;
            }
        }

        for (var slot = 0; slot < (layout?.Count ?? 0); slot++)
        {
            _root.Find(layout![slot].Path).Slot = slot;
        }

        _root.Find("firm.id").Keeps = Kept.Id;
        _root.Find("facility.municipality").Keeps = Kept.Municipality;
    }

    private enum Kept
    {
        Nothing,
        Id,
        Municipality,
    }

    public override ReadOnlySpan<byte> Id => _id.AsSpan(0, _idLength);

    public override ReadOnlySpan<byte> Municipality => _municipality.AsSpan(0, _municipalityLength);

    public override void Open(FirmChunk chunk)
    {
        _chunk = chunk;
        _at = 0;
        _nextLine = chunk.FirstLine;
    }

    public override bool Next(Span<Fact> facts, FileProblems problems)
    {
        while (_at < _chunk.Length)
        {
            var rest = _chunk.Buffer.AsSpan(_at, _chunk.Length - _at);
            var end = rest.IndexOf((byte)'\n');
            _row = _at;
            _length = end < 0 ? rest.Length : end;
            _at += _length + 1;
            Line = _nextLine++;
            if (!rest[.._length].Trim(" \t\r"u8).IsEmpty && Read(rest[.._length], facts, problems))
            {
                return true;
            }
        }

        return false;
    }

    public override Value ToApplication() => Value.Parse(Encoding.UTF8.GetString(_chunk.Buffer, _row, _length));

    private bool Read(ReadOnlySpan<byte> row, Span<Fact> facts, FileProblems problems)
    {
        (_idLength, _municipalityLength) = (0, 0);
        facts.Fill(Fact.Missing);
        var reader = new Utf8JsonReader(row, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                problems.Add(new FileProblem(Line, null, "한 줄은 신청서 하나를 담은 JSON 객체여야 합니다.", "A line must be a JSON object with one application."));
                return false;
            }

            var isGood = ReadObject(ref reader, _root, facts, problems);
            if (reader.Read())
            {
                throw new JsonException();
            }

            return isGood;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            problems.Add(new FileProblem(Line, null, $"{reader.BytesConsumed + 1}번째 바이트에서 JSON을 읽을 수 없습니다.", $"This is not JSON that can be read, at byte {reader.BytesConsumed + 1}."));
            return false;
        }
    }

    private bool ReadObject(ref Utf8JsonReader reader, Member member, Span<Fact> facts, FileProblems problems)
    {
        var isGood = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var child = member.Match(ref reader);
            reader.Read();
            if (child is null)
            {
                reader.Skip();
            }
            else
            {
                isGood &= ReadMember(ref reader, child, facts, problems);
            }
        }

        return isGood;
    }

    private bool ReadMember(ref Utf8JsonReader reader, Member member, Span<Fact> facts, FileProblems problems)
    {
        if (member.WasIn == Line)
        {
            Forget(member, facts);
        }

        member.WasIn = Line;
        if (reader.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (member.Kind is { } kind && !Fits(kind, reader.TokenType))
        {
            reader.Skip();
            var (ko, en) = kind switch
            {
                ColumnKind.Number => ("수", "a number"),
                ColumnKind.Truth => ("true나 false", "true or false"),
                ColumnKind.List => ("글의 목록", "a list of texts"),
                _ => ("글", "a text"),
            };
            problems.Add(new FileProblem(Line, member.Path, $"{ko}여야 합니다.", $"This must be {en}."));
            return false;
        }

        var slot = member.Slot;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Set(facts, slot, FactQuestions.OfObject);
                return ReadObject(ref reader, member, facts, problems);
            case JsonTokenType.StartArray:
                var held = 0UL;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (reader.TokenType == JsonTokenType.String && slot >= 0)
                    {
                        held |= _layout![slot].BitsOfItem(Text(ref reader));
                    }

                    reader.Skip();
                }

                Set(facts, slot, FactQuestions.OfList(held));
                return true;
            case JsonTokenType.Number:
                Set(facts, slot, Fact.Of(reader.GetDouble()));
                return true;
            case JsonTokenType.True or JsonTokenType.False:
                Set(facts, slot, Fact.Of(reader.GetBoolean()));
                return true;
            default:
                if (slot >= 0 || member.Keeps != Kept.Nothing)
                {
                    ReadText(Text(ref reader), member, facts);
                }

                return true;
        }
    }

    private void ReadText(ReadOnlySpan<byte> text, Member member, Span<Fact> facts)
    {
        if (member.Slot >= 0)
        {
            facts[member.Slot] = _layout![member.Slot].OfText(text);
        }

        if (member.Keeps == Kept.Id)
        {
            _idLength = Keep(text, ref _id);
        }
        else if (member.Keeps == Kept.Municipality)
        {
            _municipalityLength = Keep(text, ref _municipality);
        }
    }

    // The same member twice: the last one counts, with all that is in it.
    private void Forget(Member member, Span<Fact> facts)
    {
        Set(facts, member.Slot, Fact.Missing);
        _idLength = member.Keeps == Kept.Id ? 0 : _idLength;
        _municipalityLength = member.Keeps == Kept.Municipality ? 0 : _municipalityLength;
        foreach (var child in member.Children)
        {
            Forget(child, facts);
        }
    }

    private static void Set(Span<Fact> facts, int slot, Fact fact)
    {
        if (slot >= 0)
        {
            facts[slot] = fact;
        }
    }

    private static bool Fits(ColumnKind kind, JsonTokenType token) => kind switch
    {
        ColumnKind.Number => token == JsonTokenType.Number,
        ColumnKind.Truth => token is JsonTokenType.True or JsonTokenType.False,
        ColumnKind.List => token == JsonTokenType.StartArray,
        _ => token == JsonTokenType.String,
    };

    private static int Keep(ReadOnlySpan<byte> text, ref byte[] buffer)
    {
        if (buffer.Length < text.Length)
        {
            buffer = new byte[Math.Max(64, text.Length)];
        }

        text.CopyTo(buffer);
        return text.Length;
    }

    private ReadOnlySpan<byte> Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        if (_text.Length < reader.ValueSpan.Length)
        {
            _text = new byte[reader.ValueSpan.Length];
        }

        return _text.AsSpan(0, reader.CopyString(_text));
    }

    /// <summary>A member that somebody asks for, and those within it.</summary>
    private sealed class Member(string name, string path)
    {
        private readonly byte[] _name = Encoding.UTF8.GetBytes(name);

        public string Name { get; } = name;

        public string Path { get; } = path;

        public List<Member> Children { get; } = [];

        public int Slot { get; set; } = -1;

        public Kept Keeps { get; set; }

        /// <summary>The line that had this member last.</summary>
        public long WasIn { get; set; }

        /// <summary>What stands here, where that is known.</summary>
        public ColumnKind? Kind { get; set; }

        public Member Find(string path)
        {
            var member = this;
            foreach (var name in path.Split('.'))
            {
                var child = member.Children.Find(each => each.Name == name);
                if (child is null)
                {
                    child = new Member(name, member.Path.Length == 0 ? name : $"{member.Path}.{name}");
                    member.Children.Add(child);
                }

                member = child;
            }

            return member;
        }

        public Member? Match(ref Utf8JsonReader reader)
        {
            foreach (var child in Children)
            {
                if (reader.ValueTextEquals(child._name))
                {
                    return child;
                }
            }

            return null;
        }
    }
}
