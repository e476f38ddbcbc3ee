function Get-AzureSqlJobScriptBatchExecution {
    <#
    .SYNOPSIS
    Shows the batches that an attempt at a script ran.

    .DESCRIPTION
    The task must be a ScriptExecution. Batches are numbered from 1, as in the messages of tasks; the preview began with 0.

    .PARAMETER JobTaskExecutionId
    Ids of tasks.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Get-AzureSqlJobTaskExecution -JobExecutionId $id | Get-AzureSqlJobScriptBatchExecution

    .OUTPUTS
    ElasticDatabaseJobs.ScriptBatchExecution, with ScriptBatchNumber, Lifecycle, StartTime, EndTime (UTC) and Message.

    .LINK
    Get-AzureSqlJobTaskExecution
    #>
    [CmdletBinding()]
    [OutputType('ElasticDatabaseJobs.ScriptBatchExecution')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string[]] $JobTaskExecutionId,

        [object] $AzureSqlJobConnection
    )
    process {
        foreach ($id in $JobTaskExecutionId) {
            try {
                $found = @(Invoke-EdjRequest 'GET /tasks/{taskId}/batches' -Path @{ taskId = $id } -Connection $AzureSqlJobConnection -Subject $id)
            }
            catch {
                $PSCmdlet.WriteError($_)
                continue
            }
            $found | ForEach-Object { ConvertTo-BatchExecutionInfo $_ }
        }
    }
}
