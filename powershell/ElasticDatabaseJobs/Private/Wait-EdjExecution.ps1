# Waits for the end of all executions, or of one. The service holds its answer back until something has ended, for
# at most 20 seconds: then the progress is shown, and it is asked again. Returns Ended (executions, in the order of
# the ids), Open (ids) and whether the time was over.
function Wait-EdjExecution {
    [CmdletBinding()]
    param([string[]] $Ids, [timespan] $Timeout, [switch] $Any, [object] $Connection)

    $most = 100
    if ($Any -and $Ids.Count -gt $most) {
        throw (New-EdjError "One of at most $most executions can be waited for." 'INVALID_FIELD' InvalidArgument $Ids.Count)
    }
    $mode = 'all'
    if ($Any) {
        $mode = 'any'
    }
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $ended = @{}
    $timedOut = $false
    $open = @($Ids)
    # How many are still to be asked for a last time, once the time is over.
    $unasked = $null
    while ($open.Count -gt 0) {
        $seconds = 20
        if ($Timeout -ge [timespan]::Zero) {
            $seconds = [Math]::Min($seconds, [Math]::Ceiling([Math]::Max(0, ($Timeout - $clock.Elapsed).TotalSeconds)))
        }
        $asked = @($open | Select-Object -First $most)
        $query = @{ id = $asked; mode = $mode; timeoutSeconds = [int] $seconds }
        foreach ($jobExecution in Invoke-EdjRequest 'GET /executions/wait' -Query $query -Connection $Connection -Subject $query.id) {
            if (Test-Ended $jobExecution.lifecycle) {
                $ended[$jobExecution.id] = $jobExecution
            }
        }
        # Those that were not asked now come first: one that never ends does not hide the others.
        $late = @($asked | Where-Object { -not $ended.ContainsKey($_) })
        $open = @($open | Select-Object -Skip $most) + $late
        Write-Progress -Activity 'Waiting for job executions' -Status "$($ended.Count) of $($Ids.Count) ended" -PercentComplete (100 * $ended.Count / $Ids.Count)
        if ($Any -and $ended.Count -gt 0) {
            break
        }
        if ($open.Count -gt 0 -and $seconds -eq 0) {
            if ($null -eq $unasked) {
                $unasked = $open.Count - $late.Count
            }
            else {
                $unasked -= $asked.Count
            }
            if ($unasked -le 0) {
                $timedOut = $true
                break
            }
        }
    }
    Write-Progress -Activity 'Waiting for job executions' -Completed
    [pscustomobject] @{
        Ended    = @($Ids | Where-Object { $ended.ContainsKey($_) } | ForEach-Object { $ended[$_] })
        Open     = @($Ids | Where-Object { -not $ended.ContainsKey($_) })
        TimedOut = $timedOut
    }
}

# The ids of executions that are named by their ids, or given as they were returned.
function Get-ExecutionId {
    [CmdletBinding()]
    param([string[]] $Id, [object[]] $InputObject)

    $Id | Where-Object { $_ }
    foreach ($one in $InputObject) {
        if ($one -is [string] -or $one -is [guid]) {
            [string] $one
        }
        elseif ($one.JobExecutionId) {
            $one.JobExecutionId
        }
        else {
            throw (New-EdjError "'$one' is no job execution." 'INVALID_FIELD' InvalidArgument $one)
        }
    }
}

function Test-Ended {
    [CmdletBinding()]
    param([string] $Lifecycle)

    $Lifecycle -notin 'Created', 'InProgress', 'WaitingForChildJobExecutions', 'WaitingForRetry'
}
