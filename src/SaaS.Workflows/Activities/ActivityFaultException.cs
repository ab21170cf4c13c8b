namespace SaaS.Workflows.Activities;

/// <summary>An activity failed; the message becomes the message of the incident.</summary>
public sealed class ActivityFaultException : Exception
{
    public ActivityFaultException(string message)
        : base(message)
    {
    }

    public ActivityFaultException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
