function Get-AzureSqlJobTaskExecution {
    <#
    .SYNOPSIS
    Shows tasks: attempts at the units of work of an execution.

    .DESCRIPTION
    A retry is a task of its own, so each attempt keeps its message. The tasks of a job's execution split the script and make the
    children; those of a child run the script in its database.

    .PARAMETER JobExecutionId
    Ids of executions, whose tasks are listed, oldest first.

    .PARAMETER JobTaskExecutionId
    Ids of tasks.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Get-AzureSqlJobTaskExecution -JobExecutionId $id | Where-Object Lifecycle -ne Succeeded

    .OUTPUTS
    ElasticDatabaseJobs.JobTaskExecution, with JobTaskExecutionId, JobExecutionId, JobTaskType, Lifecycle, CreatedTime, StartTime,
    EndTime (all UTC) and Message: the error with its stack.

    .LINK
    Get-AzureSqlJobScriptBatchExecution
    #>
    [CmdletBinding(DefaultParameterSetName = 'JobExecutionId')]
    [OutputType('ElasticDatabaseJobs.JobTaskExecution')]
    param(
        [Parameter(Mandatory, Position = 0, ParameterSetName = 'JobExecutionId', ValueFromPipelineByPropertyName)]
        [string[]] $JobExecutionId,

        [Parameter(Mandatory, ParameterSetName = 'JobTaskExecutionId')]
        [string[]] $JobTaskExecutionId,

        [object] $AzureSqlJobConnection
    )
    process {
        foreach ($id in @($JobExecutionId | Where-Object { $_ })) {
            try {
                $found = @(Invoke-EdjRequest 'GET /executions/{id}/tasks' -Path @{ id = $id } -Connection $AzureSqlJobConnection -Subject $id)
            }
            catch {
                $PSCmdlet.WriteError($_)
                continue
            }
            $found | ForEach-Object { ConvertTo-TaskExecutionInfo $_ }
        }
        foreach ($id in @($JobTaskExecutionId | Where-Object { $_ })) {
            try {
                $one = Invoke-EdjRequest 'GET /tasks/{taskId}' -Path @{ taskId = $id } -Connection $AzureSqlJobConnection -Subject $id
            }
            catch {
                $PSCmdlet.WriteError($_)
                continue
            }
            ConvertTo-TaskExecutionInfo $one
        }
    }
}
