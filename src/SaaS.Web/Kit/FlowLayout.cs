namespace SaaS.Web.Kit;

/// <summary>
/// Places the steps of a flow in rows from top to bottom: a step lies one row under the last of those that lead to it,
/// steps of one row side by side, under their predecessors where possible. Arrows that lead back are left out of the ranking.
/// </summary>
public sealed class FlowLayout
{
    public const int StepWidth = 232;
    public const int StepHeight = 58;
    private const int ColumnGap = 28;
    private const int RowGap = 44;

    private readonly Dictionary<string, (int X, int Y)> places = [];

    public FlowLayout(FlowGraph graph)
    {
        var rows = RowsOf(graph);
        var columns = rows.Count == 0 ? 1 : rows.Max(row => row.Count);
        Width = (columns * StepWidth) + ((columns - 1) * ColumnGap) + (2 * Margin);
        Height = (rows.Count * StepHeight) + ((Math.Max(1, rows.Count) - 1) * RowGap) + 8;
        for (var row = 0; row < rows.Count; row++)
        {
            var used = (rows[row].Count * StepWidth) + ((rows[row].Count - 1) * ColumnGap);
            var left = (Width - used) / 2;
            for (var column = 0; column < rows[row].Count; column++)
            {
                places[rows[row][column]] = (left + (column * (StepWidth + ColumnGap)), 4 + (row * (StepHeight + RowGap)));
            }
        }
    }

    /// <summary>Room at both sides for arrows that pass rows.</summary>
    public const int Margin = 40;

    public int Width { get; }

    public int Height { get; }

    public (int X, int Y) this[string step] => places[step];

    /// <summary>The way of an arrow: straight down, sideways between rows, or around the steps of the rows that it passes.</summary>
    public (string Path, int LabelX, int LabelY) Route(FlowArrow arrow)
    {
        var (fromX, fromY) = this[arrow.From];
        var (toX, toY) = this[arrow.To];
        var startX = fromX + (StepWidth / 2);
        var startY = fromY + StepHeight;
        var endX = toX + (StepWidth / 2);
        var passes = places.Values.Any(place => place.Y > fromY && place.Y < toY);
        if (toY <= fromY || (passes && places.Values.Any(place => place.Y > fromY && place.Y < toY && Math.Abs(place.X - toX) < StepWidth)))
        {
            var side = startX > Width / 2 ? Width - 14 : 14;
            return ($"M{startX} {startY} V{startY + 14} H{side} V{toY - 16} H{endX} V{toY - 3}", (startX + side) / 2, startY + 10);
        }

        var middle = toY - 22;
        return startX == endX
            ? ($"M{startX} {startY} V{toY - 3}", startX, startY + (RowGap / 2))
            : ($"M{startX} {startY} V{middle} H{endX} V{toY - 3}", endX, middle - 5);
    }

    private static List<List<string>> RowsOf(FlowGraph graph)
    {
        var order = graph.Steps.Select((step, index) => (step.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        var forward = graph.Arrows.Where(arrow => order.TryGetValue(arrow.From, out var from) && order.TryGetValue(arrow.To, out var to) && from < to).ToList();
        var row = graph.Steps.ToDictionary(step => step.Id, _ => 0);
        foreach (var step in graph.Steps)
        {
            foreach (var arrow in forward.Where(arrow => arrow.From == step.Id))
            {
                row[arrow.To] = Math.Max(row[arrow.To], row[step.Id] + 1);
            }
        }

        return [.. graph.Steps.GroupBy(step => row[step.Id]).OrderBy(group => group.Key).Select(group => group.Select(step => step.Id).ToList())];
    }
}
