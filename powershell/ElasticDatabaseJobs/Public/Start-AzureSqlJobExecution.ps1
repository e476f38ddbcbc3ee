function Start-AzureSqlJobExecution {
    <#
    .SYNOPSIS
    Starts executions of jobs.

    .DESCRIPTION
    Returns at once, with the executions as they begin. Wait-AzureSqlJobExecution waits for their end.

    .PARAMETER JobName
    Names of the jobs.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Start-AzureSqlJobExecution -JobName 'rebuild indexes' | Wait-AzureSqlJobExecution

    .OUTPUTS
    ElasticDatabaseJobs.JobExecution, with JobExecutionId, ParentJobExecutionId, Lifecycle, CreatedTime, StartTime, EndTime (all
    UTC), JobName, ContentName, ContentVersionNumber, TargetDescription, TargetId, CredentialName, ExecutionPolicyName,
    ResultSetDestination, StepName and Message.

    .LINK
    Wait-AzureSqlJobExecution
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('ElasticDatabaseJobs.JobExecution')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string[]] $JobName,

        [object] $AzureSqlJobConnection
    )
    process {
        # Unlike @{}, it tells 'Sales' from 'sales'.
        $known = [hashtable]::new()
        foreach ($name in $JobName) {
            if (-not $PSCmdlet.ShouldProcess($name, 'Start job')) {
                continue
            }
            try {
                $started = Invoke-EdjRequest 'POST /jobs/{name}/start' -Path @{ name = $name } -Connection $AzureSqlJobConnection -Subject $name -Body @{}
                $info = ConvertTo-JobExecutionInfo $started $known $AzureSqlJobConnection
            }
            catch {
                $PSCmdlet.WriteError($_)
                continue
            }
            $info
        }
    }
}
