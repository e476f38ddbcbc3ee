function Get-AzureSqlJobSchedule {
    <#
    .SYNOPSIS
    Lists schedules: all, of the given names, or those that start a job.

    .DESCRIPTION
    A schedule that does not exist is an error for itself; the others are returned.

    .PARAMETER ScheduleName
    Names of the schedules.

    .PARAMETER JobName
    The job that they start.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Get-AzureSqlJobSchedule -JobName 'rebuild indexes'

    .OUTPUTS
    ElasticDatabaseJobs.Schedule, with ScheduleName, Interval (IntervalType and Count), StartTime, EndTime and Rule.

    .LINK
    Get-AzureSqlJobTrigger
    #>
    [CmdletBinding(DefaultParameterSetName = 'JobName')]
    [OutputType('ElasticDatabaseJobs.Schedule')]
    param(
        [Parameter(Mandatory, Position = 0, ParameterSetName = 'ScheduleName', ValueFromPipelineByPropertyName)]
        [string[]] $ScheduleName,

        [Parameter(ParameterSetName = 'JobName')]
        [string] $JobName,

        [object] $AzureSqlJobConnection
    )
    process {
        $names = $ScheduleName
        $found = @()
        if ($PSCmdlet.ParameterSetName -eq 'JobName') {
            try {
                if ($JobName) {
                    $names = @(foreach ($trigger in Read-Trigger $JobName -Connection $AzureSqlJobConnection) {
                            $trigger.schedule
                        })
                }
                else {
                    $found = @(Invoke-EdjRequest 'GET /schedules' -Connection $AzureSqlJobConnection)
                }
            }
            catch {
                $PSCmdlet.ThrowTerminatingError($_)
            }
        }
        $found | ForEach-Object { ConvertTo-ScheduleInfo $_ }
        foreach ($name in $names) {
            try {
                $one = Invoke-EdjRequest 'GET /schedules/{name}' -Path @{ name = $name } -Connection $AzureSqlJobConnection -Subject $name
            }
            catch {
                $PSCmdlet.WriteError($_)
                continue
            }
            ConvertTo-ScheduleInfo $one
        }
    }
}
