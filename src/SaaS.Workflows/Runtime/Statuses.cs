namespace SaaS.Workflows.Runtime;

/// <summary>Whether an instance can still go on.</summary>
public enum WorkflowStatus
{
    Running,
    Finished,
}

/// <summary>How an instance stands.</summary>
public enum WorkflowSubStatus
{
    Pending,
    Executing,
    Suspended,
    Finished,
    Cancelled,
    Faulted,
}

/// <summary>How one running activity stands.</summary>
public enum ActivityStatus
{
    Pending,
    Running,
    Completed,
    Canceled,
    Faulted,
}
