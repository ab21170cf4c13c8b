namespace SaaS.Web.Kit;

/// <summary>How a status feels; drawn as colour and as a mark, so that colour is never alone.</summary>
public enum Tone
{
    Neutral,
    Information,
    Waiting,
    Good,
    Bad,
}
