function Get-AzureSqlJob {
    <#
    .SYNOPSIS
    Lists jobs: all, of the given names, or those that a schedule starts.

    .DESCRIPTION
    A job that does not exist is an error for itself; the others are returned.

    .PARAMETER JobName
    Names of the jobs.

    .PARAMETER ScheduleName
    The schedule that starts them.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Get-AzureSqlJob -ScheduleName nightly

    .OUTPUTS
    ElasticDatabaseJobs.Job, with JobName, ContentName, ContentVersionNumber (empty: each execution takes the newest),
    TargetDescription, TargetId, CredentialName, ExecutionPolicyName, ResultSetDestination and StepCount.

    .LINK
    New-AzureSqlJob
    #>
    [CmdletBinding(DefaultParameterSetName = 'ScheduleName')]
    [OutputType('ElasticDatabaseJobs.Job')]
    param(
        [Parameter(Mandatory, Position = 0, ParameterSetName = 'JobName', ValueFromPipelineByPropertyName)]
        [string[]] $JobName,

        [Parameter(ParameterSetName = 'ScheduleName')]
        [string] $ScheduleName,

        [object] $AzureSqlJobConnection
    )
    process {
        # Unlike @{}, it tells 'Sales' from 'sales'.
        $known = [hashtable]::new()
        $names = $JobName
        $infos = @()
        if ($PSCmdlet.ParameterSetName -eq 'ScheduleName') {
            try {
                if ($ScheduleName) {
                    $names = @(foreach ($trigger in Read-Trigger -ScheduleName $ScheduleName -Connection $AzureSqlJobConnection) {
                            $trigger.job
                        })
                }
                else {
                    $infos = @(foreach ($job in Invoke-EdjRequest 'GET /jobs' -Connection $AzureSqlJobConnection) {
                            ConvertTo-JobInfo $job $known $AzureSqlJobConnection
                        })
                }
            }
            catch {
                $PSCmdlet.ThrowTerminatingError($_)
            }
        }
        $infos
        foreach ($name in $names) {
            try {
                $one = Invoke-EdjRequest 'GET /jobs/{name}' -Path @{ name = $name } -Connection $AzureSqlJobConnection -Subject $name
                $info = ConvertTo-JobInfo $one $known $AzureSqlJobConnection
            }
            catch {
                $PSCmdlet.WriteError($_)
                continue
            }
            $info
        }
    }
}
