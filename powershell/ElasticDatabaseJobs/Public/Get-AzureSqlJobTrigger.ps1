function Get-AzureSqlJobTrigger {
    <#
    .SYNOPSIS
    Lists which schedules start which jobs.

    .DESCRIPTION
    Lists the triggers of a job, of a schedule, the one of both, or all.

    .PARAMETER JobName
    Name of the job.

    .PARAMETER ScheduleName
    Name of the schedule.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Get-AzureSqlJobTrigger -ScheduleName nightly

    .OUTPUTS
    ElasticDatabaseJobs.Trigger, with JobName, ScheduleName and Enabled.

    .LINK
    New-AzureSqlJobTrigger
    #>
    [CmdletBinding()]
    [OutputType('ElasticDatabaseJobs.Trigger')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)]
        [string] $JobName,

        [Parameter(Position = 1, ValueFromPipelineByPropertyName)]
        [string] $ScheduleName,

        [object] $AzureSqlJobConnection
    )
    process {
        try {
            $found = @(Read-Trigger $JobName $ScheduleName $AzureSqlJobConnection)
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        $found | ForEach-Object { ConvertTo-TriggerInfo $_ }
    }
}
