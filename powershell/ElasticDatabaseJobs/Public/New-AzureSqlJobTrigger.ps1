function New-AzureSqlJobTrigger {
    <#
    .SYNOPSIS
    Has a schedule start a job.

    .DESCRIPTION
    Each firing starts one execution of the job, from the next planned time of the schedule on.

    .PARAMETER JobName
    Name of the job.

    .PARAMETER ScheduleName
    Name of the schedule.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    New-AzureSqlJobTrigger -JobName 'rebuild indexes' -ScheduleName nightly

    .OUTPUTS
    ElasticDatabaseJobs.Trigger, with JobName, ScheduleName and Enabled.

    .LINK
    Remove-AzureSqlJobTrigger
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('ElasticDatabaseJobs.Trigger')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $JobName,

        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [string] $ScheduleName,

        [object] $AzureSqlJobConnection
    )
    process {
        if (-not $PSCmdlet.ShouldProcess($JobName, "Have schedule $ScheduleName start job")) {
            return
        }
        try {
            $made = Invoke-EdjRequest 'POST /triggers' -Connection $AzureSqlJobConnection -Subject "$JobName $ScheduleName" -Body @{
                job      = $JobName
                schedule = $ScheduleName
            }
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        ConvertTo-TriggerInfo $made
    }
}
