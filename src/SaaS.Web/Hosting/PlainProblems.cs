using Microsoft.AspNetCore.Mvc;
using SaaS.Platform.Refusals;

namespace SaaS.Web.Hosting;

/// <summary>
/// Gives the API's answers that no operation wrote (unreadable JSON, unknown address, not signed in) the same form as the others: a code and
/// a sentence in Korean and English. An address that nobody has answers as a row that is not there.
/// </summary>
public static class PlainProblems
{
    public static void Say(ProblemDetails problem)
    {
        if (problem.Extensions.ContainsKey("errors"))
        {
            return;
        }

        var reason = Of(problem.Status ?? StatusCodes.Status500InternalServerError);
        problem.Type = reason.Code;
        problem.Title = reason.En;
        problem.Detail = reason.Ko;
        problem.Extensions["errors"] = new[] { reason };
    }

    private static Refusal Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => new("sign-in-needed", "먼저 로그인하세요.", "Sign in first."),
        StatusCodes.Status403Forbidden => new("forbidden", "이 일을 할 권한이 없습니다.", "You may not do this."),
        StatusCodes.Status404NotFound => OutcomeResults.NotHere,
        StatusCodes.Status405MethodNotAllowed => new("method-not-allowed", "이 주소는 그런 요청 방식을 받지 않습니다.", "This address does not take that method."),
        StatusCodes.Status413PayloadTooLarge => new(
            "request-too-large",
            $"요청이 너무 큽니다. {RequestLimits.Body / 1024 / 1024}MB까지 보낼 수 있습니다. 저장된 것은 없습니다.",
            $"The request is too large: at most {RequestLimits.Body / 1024 / 1024} MB. Nothing was stored."),
        StatusCodes.Status415UnsupportedMediaType => new("media-type", "요청 본문의 형식(Content-Type)을 받을 수 없습니다.", "This content type is not taken here."),
        >= StatusCodes.Status500InternalServerError => new("fault", "서비스에 문제가 생겼습니다. 저장된 것은 없습니다.", "Something went wrong in the service. Nothing was stored."),
        _ => new("request-unreadable", "요청을 읽을 수 없습니다. JSON과 각 항목의 형식을 확인하세요.", "The request could not be read. Check its JSON and the type of every member."),
    };
}
