function Remove-AzureSqlJobTrigger {
    <#
    .SYNOPSIS
    Has a schedule not start a job any more.

    .DESCRIPTION
    What the trigger has started goes on.

    .PARAMETER JobName
    Name of the job.

    .PARAMETER ScheduleName
    Name of the schedule.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Get-AzureSqlJobTrigger -JobName 'rebuild indexes' | Remove-AzureSqlJobTrigger

    .OUTPUTS
    None.

    .LINK
    New-AzureSqlJobTrigger
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([void])]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $JobName,

        [Parameter(Mandatory, Position = 1, ValueFromPipelineByPropertyName)]
        [string] $ScheduleName,

        [object] $AzureSqlJobConnection
    )
    process {
        if (-not $PSCmdlet.ShouldProcess("$JobName, $ScheduleName", 'Remove trigger')) {
            return
        }
        try {
            $trigger = Find-Trigger $JobName $ScheduleName $AzureSqlJobConnection
            Invoke-EdjRequest 'DELETE /triggers/{id}' -Path @{ id = $trigger.id } -Connection $AzureSqlJobConnection -Subject "$JobName $ScheduleName"
        }
        catch {
            $PSCmdlet.WriteError($_)
        }
    }
}
