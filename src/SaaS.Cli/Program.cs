using System.CommandLine;
using SaaS.Cli;
using SaaS.Cli.Demonstration;
using SaaS.Cli.Workflows;

var root = new RootCommand("스마트공장 지원사업 플랫폼 / Smart-factory grant programmes");
root.Subcommands.Add(Prepare.Create());
root.Subcommands.Add(Tenant.Create());
root.Subcommands.Add(WorkflowCommands.Create());
root.Subcommands.Add(Ledger.Create());
root.Subcommands.Add(RunDemo.Create());
return await root.Parse(args).InvokeAsync();
