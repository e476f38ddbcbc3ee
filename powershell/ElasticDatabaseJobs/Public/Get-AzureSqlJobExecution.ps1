function Get-AzureSqlJobExecution {
    <#
    .SYNOPSIS
    Shows executions: the active ones, those of given ids, or what the filters say.

    .DESCRIPTION
    Without parameters, lists the active executions that were started by somebody or something, newest first. Their children,
    one for each database, come with -IncludeChildren, after their parent. By id, what has ended is shown, too.

    .PARAMETER JobExecutionId
    Ids of executions.

    .PARAMETER ParentJobExecutionId
    The children of this execution.

    .PARAMETER JobName
    Executions of this job.

    .PARAMETER ScheduleName
    Executions that this schedule started.

    .PARAMETER ContentName
    Executions that applied this content.

    .PARAMETER TargetId
    Executions on this target, of whatever kind.

    .PARAMETER JobType
    User, for all that there is. Cleanup, Heartbeat and TelemetryCollection, the preview's own jobs, are none here.

    .PARAMETER Purpose
    Run (the usual), Check, Trial or Query: what they were started for.

    .PARAMETER IncludeInactive
    Those that have ended, too.

    .PARAMETER IncludeChildren
    The children of each, too.

    .PARAMETER AzureSqlJobExecution
    Taken for the sake of a slip in the preview's own documentation, and not used.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Get-AzureSqlJobExecution -JobName 'rebuild indexes' -IncludeInactive

    .EXAMPLE
    Get-AzureSqlJobExecution -JobExecutionId $id -IncludeChildren | Where-Object Lifecycle -eq Failed

    .OUTPUTS
    ElasticDatabaseJobs.JobExecution, with JobExecutionId, ParentJobExecutionId, Lifecycle, CreatedTime, StartTime, EndTime (all
    UTC), JobName, ContentName, ContentVersionNumber, TargetDescription, TargetId, CredentialName, ExecutionPolicyName,
    ResultSetDestination, StepName and Message.

    .LINK
    Get-AzureSqlJobTaskExecution
    #>
    [CmdletBinding(DefaultParameterSetName = 'Filter')]
    [OutputType('ElasticDatabaseJobs.JobExecution')]
    param(
        [Parameter(Mandatory, Position = 0, ParameterSetName = 'JobExecutionId', ValueFromPipelineByPropertyName)]
        [string[]] $JobExecutionId,

        [Parameter(Mandatory, ParameterSetName = 'Parent')]
        [string] $ParentJobExecutionId,

        [Parameter(ParameterSetName = 'Filter')]
        [Parameter(ParameterSetName = 'Parent')]
        [string] $JobName,

        [Parameter(ParameterSetName = 'Filter')]
        [string] $ScheduleName,

        [Parameter(ParameterSetName = 'Filter')]
        [Parameter(ParameterSetName = 'Parent')]
        [string] $ContentName,

        [Parameter(ParameterSetName = 'Filter')]
        [Parameter(ParameterSetName = 'Parent')]
        [string] $TargetId,

        [Parameter(ParameterSetName = 'Filter')]
        [Parameter(ParameterSetName = 'Parent')]
        [ValidateSet('User', 'Cleanup', 'Heartbeat', 'TelemetryCollection')]
        [string] $JobType = 'User',

        [Parameter(ParameterSetName = 'Filter')]
        [ValidateSet('Run', 'Check', 'Trial', 'Query')]
        [string] $Purpose = 'Run',

        [switch] $IncludeInactive,

        [switch] $IncludeChildren,

        [Parameter(ParameterSetName = 'JobExecutionId', DontShow)]
        [switch] $AzureSqlJobExecution,

        [object] $AzureSqlJobConnection
    )
    process {
        # Unlike @{}, it tells 'Sales' from 'sales'.
        $known = [hashtable]::new()
        if ($PSCmdlet.ParameterSetName -eq 'JobExecutionId') {
            foreach ($id in $JobExecutionId) {
                try {
                    $one = Invoke-EdjRequest 'GET /executions/{id}' -Path @{ id = $id } -Connection $AzureSqlJobConnection -Subject $id
                    $infos = @(Read-Execution $one $IncludeChildren $true $known $AzureSqlJobConnection)
                }
                catch {
                    $PSCmdlet.WriteError($_)
                    continue
                }
                $infos
            }
            return
        }
        if ($JobType -ne 'User') {
            return
        }
        try {
            $query = @{ includeInactive = [bool] $IncludeInactive }
            if ($ParentJobExecutionId) {
                $found = @(Read-EdjPage 'GET /executions/{id}/children' -Path @{ id = $ParentJobExecutionId } -Query $query -Connection $AzureSqlJobConnection -Subject $ParentJobExecutionId)
            }
            else {
                $filters = @{
                    job      = $PSBoundParameters['JobName']
                    schedule = $PSBoundParameters['ScheduleName']
                    content  = $PSBoundParameters['ContentName']
                    target   = $PSBoundParameters['TargetId']
                    purpose  = $Purpose
                }
                $found = @(Read-EdjPage 'GET /executions' -Query ($query + $filters) -Connection $AzureSqlJobConnection)
            }
            $infos = @($found | ForEach-Object { Read-Execution $_ $IncludeChildren $IncludeInactive $known $AzureSqlJobConnection })
            if ($ParentJobExecutionId) {
                # The service lists the children of an execution whole; what else is asked for, they are looked at here.
                $infos = @($infos | Where-Object { (-not $JobName -or $_.JobName -ceq $JobName) -and (-not $ContentName -or $_.ContentName -ceq $ContentName) -and (-not $TargetId -or $_.TargetId -eq $TargetId) })
            }
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        $infos
    }
}
