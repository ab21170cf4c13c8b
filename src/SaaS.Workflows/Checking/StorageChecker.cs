using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;

namespace SaaS.Workflows.Checking;

/// <summary>What must survive a wait: without a storage driver Elsa loses the value in silence.</summary>
internal static class StorageChecker
{
    public static void Check(CompiledWorkflow workflow, ProblemList problems)
    {
        if (!StructureChecker.Contains(workflow.Workflow, activity => activity.Type.Descriptor.IsBlocking))
        {
            return;
        }

        foreach (var input in workflow.Definition.Inputs.Where(input => !input.IsPersisted))
        {
            problems.Error("input-not-kept", input.Pointer + "/storageDriverType", null, $"입력 '{input.Name}'에 저장 방식이 없어, 기다린 뒤에는 값이 사라집니다.", $"The input '{input.Name}' has no storage driver: after a wait it is gone.");
        }

        Check(workflow.Definition.Variables, problems);
        foreach (var activity in workflow.Activities)
        {
            if (activity is { IsContainer: true, Definition: { } written } && StructureChecker.Contains(activity, child => child.Type.Descriptor.IsBlocking))
            {
                Check(VariableDefinition.ReadAll(written.Property("variables"), written.Pointer + "/variables"), problems);
            }
        }
    }

    private static void Check(IReadOnlyList<VariableDefinition> variables, ProblemList problems)
    {
        foreach (var variable in variables.Where(variable => !variable.IsPersisted))
        {
            problems.Error("variable-not-kept", variable.Pointer + "/storageDriverTypeName", null, $"변수 '{variable.Name}'에 저장 방식이 없어, 기다린 뒤에는 처음 값으로 돌아갑니다.", $"The variable '{variable.Name}' has no storage driver: after a wait it falls back to its first value.");
        }
    }
}
