function Set-AzureSqlJobSchedule {
    <#
    .SYNOPSIS
    Changes a schedule, and what its triggers wait for.

    .DESCRIPTION
    Changes the interval, the times, or both. What is left out stays as it is.

    .PARAMETER ScheduleName
    Name of the schedule.

    .PARAMETER StartTime
    When it begins. A time that is neither local nor UTC is taken as UTC.

    .PARAMETER EndTime
    After which time it does not fire any more. A time of the year 9999, as a schedule without an end shows it, takes the end away.

    .PARAMETER OneTime
    Fires once, at its start time.

    .PARAMETER MinuteInterval
    Fires every so many minutes.

    .PARAMETER HourInterval
    Fires every so many hours.

    .PARAMETER DayInterval
    Fires every so many days.

    .PARAMETER WeekInterval
    Fires every so many weeks.

    .PARAMETER MonthInterval
    Fires every so many months.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Set-AzureSqlJobSchedule -ScheduleName nightly -EndTime '2031-01-01T00:00:00Z'

    .OUTPUTS
    ElasticDatabaseJobs.Schedule, with ScheduleName, Interval (IntervalType and Count), StartTime, EndTime and Rule.

    .LINK
    New-AzureSqlJobSchedule
    #>
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Times')]
    [OutputType('ElasticDatabaseJobs.Schedule')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ScheduleName,

        [Parameter(ValueFromPipelineByPropertyName)]
        [System.Nullable[datetime]] $StartTime,

        [Parameter(ValueFromPipelineByPropertyName)]
        [System.Nullable[datetime]] $EndTime,

        [Parameter(Mandatory, ParameterSetName = 'OneTime')]
        [switch] $OneTime,

        [Parameter(Mandatory, ParameterSetName = 'MinuteInterval')]
        [int] $MinuteInterval,

        [Parameter(Mandatory, ParameterSetName = 'HourInterval')]
        [int] $HourInterval,

        [Parameter(Mandatory, ParameterSetName = 'DayInterval')]
        [int] $DayInterval,

        [Parameter(Mandatory, ParameterSetName = 'WeekInterval')]
        [int] $WeekInterval,

        [Parameter(Mandatory, ParameterSetName = 'MonthInterval')]
        [int] $MonthInterval,

        [object] $AzureSqlJobConnection
    )
    process {
        if (-not $PSCmdlet.ShouldProcess($ScheduleName, 'Change schedule')) {
            return
        }
        $unit = $null
        $count = $null
        if ($OneTime) {
            $unit = 'Once'
        }
        elseif ($PSCmdlet.ParameterSetName -like '*Interval') {
            $unit = $PSCmdlet.ParameterSetName -replace 'Interval$'
            $count = $PSBoundParameters[$PSCmdlet.ParameterSetName]
        }
        $end = ConvertFrom-Time $EndTime
        if ($null -ne $EndTime -and $null -eq $end) {
            # Takes the end away.
            $end = ''
        }
        try {
            $changed = Invoke-EdjRequest 'PATCH /schedules/{name}' -Path @{ name = $ScheduleName } -Connection $AzureSqlJobConnection -Subject $ScheduleName -Body @{
                interval      = $unit
                intervalCount = $count
                start         = ConvertFrom-Time $StartTime
                end           = $end
            }
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        ConvertTo-ScheduleInfo $changed
    }
}
