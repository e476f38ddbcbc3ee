function Stop-AzureSqlJobExecution {
    <#
    .SYNOPSIS
    Stops executions, with their children.

    .DESCRIPTION
    Running statements are cancelled on their servers, and what has not begun does not begin. The cmdlet does not wait until
    all has ended; Wait-AzureSqlJobExecution does.

    .PARAMETER InputObject
    Executions, as Start-AzureSqlJobExecution and Get-AzureSqlJobExecution return them, or their ids.

    .PARAMETER JobExecutionId
    Ids of executions.

    .PARAMETER JobName
    Names of jobs: all of their active executions.

    .PARAMETER PassThru
    Returns the executions as they stand.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Get-AzureSqlJobExecution -JobName 'rebuild indexes' | Stop-AzureSqlJobExecution

    .OUTPUTS
    None, or with -PassThru ElasticDatabaseJobs.JobExecution.

    .LINK
    Wait-AzureSqlJobExecution
    #>
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'InputObject')]
    [OutputType('ElasticDatabaseJobs.JobExecution')]
    param(
        [Parameter(Mandatory, Position = 0, ParameterSetName = 'InputObject', ValueFromPipeline)]
        [object[]] $InputObject,

        [Parameter(Mandatory, ParameterSetName = 'JobExecutionId', ValueFromPipelineByPropertyName)]
        [string[]] $JobExecutionId,

        [Parameter(Mandatory, ParameterSetName = 'JobName')]
        [string[]] $JobName,

        [switch] $PassThru,

        [object] $AzureSqlJobConnection
    )
    process {
        # Unlike @{}, it tells 'Sales' from 'sales'.
        $known = [hashtable]::new()
        try {
            $ids = @(Get-ExecutionId $JobExecutionId $InputObject)
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        foreach ($id in $ids) {
            if (-not $PSCmdlet.ShouldProcess($id, 'Stop job execution')) {
                continue
            }
            try {
                $stopped = Invoke-EdjRequest 'POST /executions/{id}/stop' -Path @{ id = $id } -Connection $AzureSqlJobConnection -Subject $id
                $info = ConvertTo-JobExecutionInfo $stopped $known $AzureSqlJobConnection
            }
            catch {
                $PSCmdlet.WriteError($_)
                continue
            }
            if ($PassThru) {
                $info
            }
        }
        foreach ($name in $JobName) {
            if (-not $PSCmdlet.ShouldProcess($name, 'Stop all executions of job')) {
                continue
            }
            try {
                $infos = @(foreach ($jobExecution in Invoke-EdjRequest 'POST /jobs/{name}/stop' -Path @{ name = $name } -Connection $AzureSqlJobConnection -Subject $name) {
                        ConvertTo-JobExecutionInfo $jobExecution $known $AzureSqlJobConnection
                    })
            }
            catch {
                $PSCmdlet.WriteError($_)
                continue
            }
            if ($PassThru) {
                $infos
            }
        }
    }
}
