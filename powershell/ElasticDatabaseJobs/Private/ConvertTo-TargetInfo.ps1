# Targets as the preview printed them, and the targets that jobs and executions are about.

# Properties by the kind of the target; a child of a collection has its membership, too.
function ConvertTo-TargetInfo {
    [CmdletBinding()]
    param([object] $Target, [string] $Membership, [object] $Connection)

    $info = [ordered] @{
        TargetId          = $target.id
        TargetType        = $target.kind
        TargetDescription = ConvertTo-TargetDescription $target
        TargetName        = $target.name
    }
    if ($target.kind -eq 'Database') {
        $info.ServerName = $target.server
        $info.DatabaseName = $target.database
    }
    if ($target.kind -eq 'Server') {
        $info.ServerName = $target.server
        $info.MasterDatabaseCredentialName = $target.credential
    }
    if ($target.kind -eq 'ElasticPool') {
        $info.ServerName = $target.server
        $info.ElasticPoolName = $target.pool
        $info.MasterDatabaseCredentialName = $target.credential
    }
    if ($target.kind -eq 'ShardMap') {
        $info.ShardMapName = $target.shardMap
        $info.ShardMapManagerServerName = $target.server
        $info.ShardMapManagerDatabaseName = $target.database
        $info.ShardMapManagerDatabaseTargetId = Find-DatabaseTargetId $target.server $target.database $Connection
        $info.ShardMapManagerCredentialName = $target.credential
    }
    if ($target.kind -eq 'CustomCollection') {
        $info.CustomCollectionName = $target.name
    }
    if ($Membership) {
        $info.Membership = $Membership
    }
    New-Info 'ElasticDatabaseJobs.Target' $info
}

function ConvertTo-TargetDescription {
    [CmdletBinding()]
    param([object] $Target)

    $description = [ordered] @{}
    if ($target.kind -eq 'Database') {
        $description.ServerName = $target.server
        $description.DatabaseName = $target.database
    }
    if ($target.kind -eq 'Server') {
        $description.ServerName = $target.server
    }
    if ($target.kind -eq 'ElasticPool') {
        $description.ServerName = $target.server
        $description.ElasticPoolName = $target.pool
    }
    if ($target.kind -eq 'ShardMap') {
        $description.ShardMapName = $target.shardMap
        $description.ShardMapManagerServerName = $target.server
        $description.ShardMapManagerDatabaseName = $target.database
    }
    if ($target.kind -eq 'CustomCollection') {
        $description.CustomCollectionName = $target.name
    }
    New-Info 'ElasticDatabaseJobs.TargetDescription' $description
}

function ConvertTo-DatabaseDescription {
    [CmdletBinding()]
    param([string] $ServerName, [string] $DatabaseName)

    [pscustomobject] @{
        PSTypeName   = 'ElasticDatabaseJobs.TargetDescription'
        ServerName   = $ServerName
        DatabaseName = $DatabaseName
    }
}

# The target of a name or an id, or nothing when it is gone. What was asked for is remembered in Known, a table
# that a cmdlet keeps for one call.
function Find-KnownTarget {
    [CmdletBinding()]
    param([string] $NameOrId, [hashtable] $Known, [object] $Connection)

    if ($NameOrId -eq '') {
        return
    }
    if (-not $Known.ContainsKey($NameOrId)) {
        try {
            $Known[$NameOrId] = Invoke-EdjRequest 'GET /targets/{target}' -Path @{ target = $NameOrId } -Connection $Connection -Subject $NameOrId
        }
        catch {
            if ($_.FullyQualifiedErrorId -notlike 'NOT_FOUND*') {
                throw
            }
            $Known[$NameOrId] = $null
        }
    }
    $Known[$NameOrId]
}

# The id of the target that is this database, or nothing. Asks once for each server.
function Find-KnownDatabaseId {
    [CmdletBinding()]
    param([string] $ServerName, [string] $DatabaseName, [hashtable] $Known, [object] $Connection)

    $key = "databases of`n$ServerName"
    if (-not $Known.ContainsKey($key)) {
        # Unlike @{}, it tells 'Sales' from 'sales'.
        $ids = [hashtable]::new()
        foreach ($target in Invoke-EdjRequest 'GET /targets' -Query @{ kind = 'Database'; server = $ServerName } -Connection $Connection -Subject $ServerName) {
            $ids[$target.database] = $target.id
        }
        $Known[$key] = $ids
    }
    $Known[$key][$DatabaseName]
}

function Find-DatabaseTargetId {
    [CmdletBinding()]
    param([string] $ServerName, [string] $DatabaseName, [object] $Connection)

    $query = @{ kind = 'Database'; server = $ServerName; database = $DatabaseName }
    foreach ($target in Invoke-EdjRequest 'GET /targets' -Query $query -Connection $Connection -Subject $DatabaseName) {
        return $target.id
    }
}

# The targets of a natural key: at least one, or an error.
function Find-Target {
    [CmdletBinding()]
    param([hashtable] $Query, [string] $ShardMapName, [object] $Connection)

    $subject = (@($Query.Values) + $ShardMapName -ne '' | Sort-Object) -join ' '
    $found = @(foreach ($target in Invoke-EdjRequest 'GET /targets' -Query $Query -Connection $Connection -Subject $subject) {
            # Groups by names are targets of their own, beside the server as a whole.
            $isWhole = $target.namePatterns.Count -eq 0 -and $target.excludePatterns.Count -eq 0
            if ($isWhole -and ($ShardMapName -eq '' -or $target.shardMap -ceq $ShardMapName)) {
                $target
            }
        })
    if ($found.Count -eq 0) {
        throw (New-EdjError "There is no such target: $subject" 'NOT_FOUND' ObjectNotFound $subject)
    }
    $found
}
