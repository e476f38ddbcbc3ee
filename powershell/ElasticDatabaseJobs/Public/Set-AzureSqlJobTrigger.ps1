function Set-AzureSqlJobTrigger {
    <#
    .SYNOPSIS
    Enables or disables a trigger.

    .DESCRIPTION
    What was planned while a trigger was disabled is not made up for.

    .PARAMETER JobName
    Name of the job.

    .PARAMETER ScheduleName
    Name of the schedule.

    .PARAMETER Enabled
    Whether the schedule starts the job.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Set-AzureSqlJobTrigger -JobName 'rebuild indexes' -ScheduleName nightly -Enabled $false

    .OUTPUTS
    ElasticDatabaseJobs.Trigger, with JobName, ScheduleName and Enabled.

    .LINK
    New-AzureSqlJobTrigger
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('ElasticDatabaseJobs.Trigger')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $JobName,

        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [string] $ScheduleName,

        [Parameter(Mandatory)]
        [bool] $Enabled,

        [object] $AzureSqlJobConnection
    )
    process {
        if (-not $PSCmdlet.ShouldProcess("$JobName, $ScheduleName", "Set Enabled to $Enabled")) {
            return
        }
        try {
            $trigger = Find-Trigger $JobName $ScheduleName $AzureSqlJobConnection
            $changed = Invoke-EdjRequest 'PATCH /triggers/{id}' -Path @{ id = $trigger.id } -Connection $AzureSqlJobConnection -Subject "$JobName $ScheduleName" -Body @{
                enabled = $Enabled
            }
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        ConvertTo-TriggerInfo $changed
    }
}
