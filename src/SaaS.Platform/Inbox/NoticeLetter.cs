using System.Globalization;
using System.Text;
using NodaTime.Text;
using SaaS.Platform.Mail;

namespace SaaS.Platform.Inbox;

/// <summary>What waits, as a mail: Korean first, the same in English, and the link that leads to the deed.</summary>
internal static class NoticeLetter
{
    private const int MostListed = 10;

    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("yyyy-MM-dd");

    public static MailMessage Write(Guid id, string address, IReadOnlyList<Waiting> items, MailSettings settings)
    {
        var (ko, en) = WaitingWords.Of(items[0].Kind);
        var text = new StringBuilder();
        if (items.Count == 1)
        {
            Add(text, items[0], settings);
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"처리할 일이 {items.Count}건 생겼습니다.\n{items.Count} things wait for you.\n\n");
            foreach (var item in items.Take(MostListed))
            {
                Add(text, item, settings);
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"받은 일 전체 / your whole inbox:\n{settings.Address}/inbox\n");
        var subject = items.Count == 1 ? $"{ko}{About(items[0])} / {en}" : $"처리할 일 {items.Count}건 / {items.Count} things wait for you";
        return new MailMessage(id, address, $"[스마트공장 지원사업] {subject}", text.ToString());
    }

    private static void Add(StringBuilder text, Waiting item, MailSettings settings)
    {
        var (ko, en) = WaitingWords.Of(item.Kind);
        var until = item.DueOn is { } due ? Day.Format(due) : null;
        text.Append(CultureInfo.InvariantCulture, $"{ko}{About(item)}{(until is null ? "" : $"\n기한: {until}")}{(item.Reason is null ? "" : $"\n까닭: {item.Reason}")}\n");
        text.Append(CultureInfo.InvariantCulture, $"{en}{AboutInEnglish(item)}{(until is null ? "" : $"; until {until}")}{(item.Reason is null ? "" : $"\nReason: {item.Reason}")}\n");
        text.Append(CultureInfo.InvariantCulture, $"{settings.Address}/inbox/open/{item.Id}\n\n");
    }

    private static string About(Waiting item) => Join(item.TitleKo, item.FirmKo, item.ReceiptNumber, item.TenantKo);

    private static string AboutInEnglish(Waiting item) => Join(item.TitleEn ?? item.TitleKo, item.FirmEn ?? item.FirmKo, item.ReceiptNumber, item.TenantEn);

    private static string Join(params string?[] parts) => string.Concat(parts.Where(part => !string.IsNullOrWhiteSpace(part)).Select(part => $" · {part}"));
}
