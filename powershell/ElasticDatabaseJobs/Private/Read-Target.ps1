# Targets as cmdlets return them.

function Read-Target {
    [CmdletBinding()]
    param([hashtable] $Query, [string] $ShardMapName, [object] $Connection)

    foreach ($target in Find-Target $Query $ShardMapName $Connection) {
        ConvertTo-TargetInfo $target -Connection $Connection
    }
}

function Read-ChildTarget {
    [CmdletBinding()]
    param([string] $Collection, [object] $Connection)

    foreach ($childTarget in Invoke-EdjRequest 'GET /targets/{target}/children' -Path @{ target = $Collection } -Connection $Connection -Subject $Collection) {
        ConvertTo-TargetInfo $childTarget.target $childTarget.membership $Connection
    }
}

# What is to become a child of a collection or is one, by id or as databases: one server for all of the databases,
# or one for each.
function Resolve-Child {
    [CmdletBinding()]
    param([string[]] $TargetId, [string[]] $ServerName, [string[]] $DatabaseName)

    if ($TargetId) {
        return $TargetId | ForEach-Object { [pscustomobject] @{ Id = $_; ServerName = $null; DatabaseName = $null; Text = $_ } }
    }
    if ($ServerName.Count -ne 1 -and $ServerName.Count -ne $DatabaseName.Count) {
        throw (New-EdjError "Give one server for all databases, or one for each: there are $($ServerName.Count) servers and $($DatabaseName.Count) databases." 'INVALID_FIELD' InvalidArgument $ServerName)
    }
    for ($place = 0; $place -lt $DatabaseName.Count; $place++) {
        $server = $ServerName[[Math]::Min($place, $ServerName.Count - 1)]
        [pscustomobject] @{
            Id           = $null
            ServerName   = $server
            DatabaseName = $DatabaseName[$place]
            Text         = $server + ' ' + $DatabaseName[$place]
        }
    }
}
