namespace SaaS.Platform.Data;

/// <summary>A row of one tenant was about to be written on behalf of another. Always a fault in the code, never the user's.</summary>
public sealed class TenantMismatchException(string message) : InvalidOperationException(message);
