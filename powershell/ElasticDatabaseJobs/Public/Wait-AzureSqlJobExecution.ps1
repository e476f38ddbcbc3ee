function Wait-AzureSqlJobExecution {
    <#
    .SYNOPSIS
    Waits until executions have ended.

    .DESCRIPTION
    Returns the executions as they ended. The service answers when something has ended, so that waiting costs next to
    nothing. Giving the wait up, or its time-out, does not touch the executions.

    When the time is over, an error (WaitTimedOut) names those that have not ended; those that have are returned.

    .PARAMETER InputObject
    Executions, as Start-AzureSqlJobExecution and Get-AzureSqlJobExecution return them, or their ids.

    .PARAMETER JobExecutionId
    Ids of executions.

    .PARAMETER JobName
    Names of jobs: all of their active executions.

    .PARAMETER TimeoutSeconds
    How long to wait at most. Without it, as long as it takes.

    .PARAMETER Any
    The end of one of them is enough.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Start-AzureSqlJobExecution -JobName 'rebuild indexes' | Wait-AzureSqlJobExecution -TimeoutSeconds 600

    .OUTPUTS
    ElasticDatabaseJobs.JobExecution, with JobExecutionId, ParentJobExecutionId, Lifecycle, CreatedTime, StartTime, EndTime (all
    UTC), JobName, ContentName, ContentVersionNumber, TargetDescription, TargetId, CredentialName, ExecutionPolicyName,
    ResultSetDestination, StepName and Message.

    .LINK
    Start-AzureSqlJobExecution
    #>
    [CmdletBinding(DefaultParameterSetName = 'InputObject')]
    [OutputType('ElasticDatabaseJobs.JobExecution')]
    param(
        [Parameter(Mandatory, Position = 0, ParameterSetName = 'InputObject', ValueFromPipeline)]
        [object[]] $InputObject,

        [Parameter(Mandatory, ParameterSetName = 'JobExecutionId', ValueFromPipelineByPropertyName)]
        [string[]] $JobExecutionId,

        [Parameter(Mandatory, ParameterSetName = 'JobName')]
        [string[]] $JobName,

        [ValidateRange(0, [int]::MaxValue)]
        [int] $TimeoutSeconds,

        [switch] $Any,

        [object] $AzureSqlJobConnection
    )
    begin {
        $ids = [System.Collections.Generic.List[string]]::new()
    }
    process {
        try {
            $given = @(Get-ExecutionId $JobExecutionId $InputObject)
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        foreach ($id in $given) {
            if (-not $ids.Contains($id)) {
                $ids.Add($id)
            }
        }
        foreach ($name in $JobName) {
            try {
                foreach ($jobExecution in Read-EdjPage 'GET /executions' -Query @{ job = $name } -Connection $AzureSqlJobConnection -Subject $name) {
                    if (-not $ids.Contains($jobExecution.id)) {
                        $ids.Add($jobExecution.id)
                    }
                }
            }
            catch {
                $PSCmdlet.WriteError($_)
            }
        }
    }
    end {
        $timeout = [System.Threading.Timeout]::InfiniteTimeSpan
        if ($PSBoundParameters.ContainsKey('TimeoutSeconds')) {
            $timeout = [timespan]::FromSeconds($TimeoutSeconds)
        }
        try {
            $waited = Wait-EdjExecution $ids $timeout -Any:$Any -Connection $AzureSqlJobConnection
            # Unlike @{}, it tells 'Sales' from 'sales'.
            $known = [hashtable]::new()
            $infos = @($waited.Ended | ForEach-Object { ConvertTo-JobExecutionInfo $_ $known $AzureSqlJobConnection })
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        $infos
        if ($waited.TimedOut) {
            $open = @($waited.Open) -join ', '
            $PSCmdlet.WriteError((New-EdjError "The time is over, and these have not ended: $open" 'WaitTimedOut' OperationTimeout @($waited.Open)))
        }
    }
}
