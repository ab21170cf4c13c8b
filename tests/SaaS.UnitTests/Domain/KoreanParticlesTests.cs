using SaaS.Domain;
using Xunit;

namespace SaaS.UnitTests.Domain;

/// <summary>Names are put into sentences; the particle after them is the one that their sound asks for.</summary>
public sealed class KoreanParticlesTests
{
    [Theory]
    [InlineData("완료에 이르는 길에 평가 단계이(가) 없습니다.", "완료에 이르는 길에 평가 단계가 없습니다.")]
    [InlineData("완료에 이르는 길에 협약 체결이(가) 없습니다.", "완료에 이르는 길에 협약 체결이 없습니다.")]
    [InlineData("‘신청 단계’을(를) ‘반려’(으)로", "‘신청 단계’를 ‘반려’로")]
    [InlineData("‘지역형’(으)로", "‘지역형’으로")]
    [InlineData("사업지를 서울(으)로, 부산(으)로", "사업지를 서울로, 부산으로")]
    [InlineData("도비(시·도비)이(가) 두 번 나옵니다.", "도비(시·도비)가 두 번 나옵니다.")]
    [InlineData("합이 30 %은(는) 안 되고 1,000은(는) 됩니다.", "합이 30 %는 안 되고 1,000은 됩니다.")]
    [InlineData("‘BASIC’이(가) 비었습니다.", "‘BASIC’이(가) 비었습니다.")]
    [InlineData("기업과(와) 기관와(과)", "기업과 기관과")]
    [InlineData("은(는)", "은(는)")]
    public void A_particle_follows_the_sound_before_it(string written, string settled) => Assert.Equal(settled, KoreanParticles.Settle(written));
}
