using Microsoft.Extensions.Caching.Memory;
using SaaS.Workflows.Runtime;

namespace SaaS.Platform.Workflows;

/// <summary>
/// Running instances as this process saved them last, so that a job goes on with one without reading it. What is remembered is only an
/// offer: another process may have gone on meanwhile, and then the save finds another revision and refuses (see <see cref="Data.Recollection"/>).
/// </summary>
public sealed class RememberedInstances : IDisposable
{
    private const long MostCharacters = 16_000_000;
    private const int LongestState = 200_000;

    private readonly Lock taking = new();
    private readonly MemoryCache instances = new(new MemoryCacheOptions { SizeLimit = MostCharacters });

    /// <summary>Remembers an instance as it was committed, or forgets one that waits for nothing any more.</summary>
    internal void Keep(WorkflowInstance instance, InstanceState state)
    {
        if (state is { Status: WorkflowStatus.Running, Bookmarks.Count: > 0 } && instance.State.Length <= LongestState)
        {
            instances.Set((instance.TenantId, instance.Id), instance.Copy(), new MemoryCacheEntryOptions { Size = instance.State.Length });
        }
        else
        {
            instances.Remove((instance.TenantId, instance.Id));
        }
    }

    /// <summary>
    /// Gives an instance away: whoever fails with it leaves nothing behind that could mislead the next one. Null when it is not known here.
    /// Its state is text, as in the database, so that it goes on in the same way from here as from there.
    /// </summary>
    internal WorkflowInstance? Take(string tenant, Guid id)
    {
        // To one alone, also of two that ask at once: both would change the same object.
        lock (taking)
        {
            if (!instances.TryGetValue<WorkflowInstance>((tenant, id), out var known))
            {
                return null;
            }

            instances.Remove((tenant, id));
            return known;
        }
    }

    public void Dispose() => instances.Dispose();
}
