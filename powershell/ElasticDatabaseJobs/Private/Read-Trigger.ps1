# The triggers that bind a job to a schedule, of either, both or all. Jobs that start after others have triggers, too;
# the preview had no such thing, and they have no schedule to be named by.
function Read-Trigger {
    [CmdletBinding()]
    param([string] $JobName, [string] $ScheduleName, [object] $Connection)

    $query = @{}
    if ($JobName) {
        $query.job = $JobName
    }
    if ($ScheduleName) {
        $query.schedule = $ScheduleName
    }
    foreach ($trigger in Invoke-EdjRequest 'GET /triggers' -Query $query -Connection $Connection -Subject "$JobName $ScheduleName") {
        if ($null -ne $trigger.schedule) {
            $trigger
        }
    }
}

# The one trigger of a job and a schedule, or an error.
function Find-Trigger {
    [CmdletBinding()]
    param([string] $JobName, [string] $ScheduleName, [object] $Connection)

    $found = @(Read-Trigger $JobName $ScheduleName $Connection)
    if ($found.Count -eq 0) {
        throw (New-EdjError "No trigger binds job '$JobName' to schedule '$ScheduleName'." 'NOT_FOUND' ObjectNotFound "$JobName $ScheduleName")
    }
    $found[0]
}
