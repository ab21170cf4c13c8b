using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components;
using SaaS.Platform.Identity;
using SaaS.Web.Hosting;
using SaaS.Web.Kit;
using SaaS.Web.Layout;

namespace SaaS.Web.Pages.Public;

/// <summary>Sign-in with an own account. Where the person wanted to go is kept, as long as it is in this service.</summary>
public sealed partial class SignInPage(SignIn signIn, LoadActor people, NavigationManager navigation, DemoMode demo)
{
    private readonly FormErrors errors = new();

    [SupplyParameterFromForm(FormName = "sign-in")]
    public SignInForm? Posted { get; set; }

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    private DemoMode Demo => demo;

    private SignInForm Form => Posted ?? new SignInForm();

    private async Task SubmitAsync()
    {
        if (string.IsNullOrWhiteSpace(Form.User))
        {
            errors.Add("Posted.User", "아이디를 입력하세요.", "Enter your user name.");
        }

        if (string.IsNullOrEmpty(Form.Password))
        {
            errors.Add("Posted.Password", "비밀번호를 입력하세요.", "Enter your password.");
        }

        if (!errors.Any)
        {
            var outcome = await signIn.HandleAsync(Form.User!.Trim(), Form.Password!, Context.RequestAborted);
            if (outcome.Principal is { } principal)
            {
                await Context.SignInAsync(SignInClaims.Scheme, principal);
                navigation.NavigateTo(await WhereToAsync(SignInClaims.From(principal)!.UserId));
                return;
            }

            if (outcome.LockedUntil is { } until)
            {
                errors.Add("", $"잘못된 비밀번호를 여러 번 입력했습니다. {KoreanTime.Minute(until)} 뒤에 다시 시도하세요.", $"Too many wrong passwords. Try again after {KoreanTime.Minute(until)}.");
            }
            else
            {
                errors.Add("Posted.User", "아이디 또는 비밀번호가 맞지 않습니다.", "User name or password is not right.");
            }
        }

        Context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }

    private async Task<string> WhereToAsync(Guid userId)
    {
        if (ReturnUrl is ['/', not ('/' or '\\'), ..])
        {
            return ReturnUrl;
        }

        var person = await people.HandleAsync(userId, Context.RequestAborted);
        return PlaneHomes.First(person is { Memberships: [var first, ..] } ? first : null);
    }

    public sealed class SignInForm
    {
        public string? User { get; set; }

        public string? Password { get; set; }
    }
}
