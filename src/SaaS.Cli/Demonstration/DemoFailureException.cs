namespace SaaS.Cli.Demonstration;

/// <summary>The walk cannot go on; the message says where and why, in Korean and English.</summary>
internal sealed class DemoFailureException : Exception
{
    public DemoFailureException()
    {
    }

    public DemoFailureException(string message)
        : base(message)
    {
    }

    public DemoFailureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
