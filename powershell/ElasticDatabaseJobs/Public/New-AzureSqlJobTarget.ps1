function New-AzureSqlJobTarget {
    <#
    .SYNOPSIS
    Creates a target: a server, a database, a shard map, or a custom collection.

    .DESCRIPTION
    A target is what jobs are pointed at. A server stands for all of its databases, a shard map for its shards, a collection
    for its children, each as they are when a job starts.

    .PARAMETER ServerName
    Name of the server, such as tenants.database.windows.net, host,1433 or postgresql://host:5432.

    .PARAMETER MasterDatabaseCredentialName
    The credential with which the databases of the server are listed. Without it, the job's own is.

    .PARAMETER DatabaseName
    Name of the database.

    .PARAMETER ShardMapManagerServerName
    Server of the shard map's manager.

    .PARAMETER ShardMapManagerDatabaseName
    Database of the shard map's manager.

    .PARAMETER ShardMapManagerCredentialName
    The credential with which the shard map is read.

    .PARAMETER ShardMapName
    Name of the shard map.

    .PARAMETER CustomCollectionName
    Name of the collection.

    .PARAMETER LiteralServerName
    Taken for the sake of old scripts. Server names are always taken as they are written.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    New-AzureSqlJobTarget -ServerName tenants.database.windows.net -DatabaseName tenant1

    .EXAMPLE
    New-AzureSqlJobTarget -CustomCollectionName tenants

    .OUTPUTS
    ElasticDatabaseJobs.Target, with TargetId, TargetType, TargetDescription, TargetName and what goes with the type: ServerName,
    DatabaseName, MasterDatabaseCredentialName, CustomCollectionName, ShardMapName, ShardMapManagerServerName,
    ShardMapManagerDatabaseName, ShardMapManagerDatabaseTargetId, ShardMapManagerCredentialName.

    .LINK
    Add-AzureSqlJobChildTarget
    #>
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Database')]
    [OutputType('ElasticDatabaseJobs.Target')]
    [Alias('New-AzureSqlJobDatabaseTarget')]
    param(
        [Parameter(Mandatory, ParameterSetName = 'Server')]
        [Parameter(Mandatory, ParameterSetName = 'Database', ValueFromPipelineByPropertyName)]
        [string] $ServerName,

        [Parameter(Mandatory, ParameterSetName = 'Server')]
        [string] $MasterDatabaseCredentialName,

        [Parameter(Mandatory, ParameterSetName = 'Database', ValueFromPipelineByPropertyName)]
        [string] $DatabaseName,

        [Parameter(Mandatory, ParameterSetName = 'ShardMap')]
        [string] $ShardMapManagerServerName,

        [Parameter(Mandatory, ParameterSetName = 'ShardMap')]
        [string] $ShardMapManagerDatabaseName,

        [Parameter(Mandatory, ParameterSetName = 'ShardMap')]
        [string] $ShardMapManagerCredentialName,

        [Parameter(Mandatory, ParameterSetName = 'ShardMap')]
        [string] $ShardMapName,

        [Parameter(Mandatory, ParameterSetName = 'CustomCollection')]
        [string] $CustomCollectionName,

        [switch] $LiteralServerName,

        [object] $AzureSqlJobConnection
    )
    process {
        $kind = $PSCmdlet.ParameterSetName
        $subject = (@($ServerName, $DatabaseName, $ShardMapManagerServerName, $ShardMapManagerDatabaseName, $ShardMapName, $CustomCollectionName) -ne '') -join ' '
        if (-not $PSCmdlet.ShouldProcess($subject, "Create target of type $kind")) {
            return
        }
        $server = $null
        $database = $null
        $login = $null
        $map = $null
        $name = $null
        if ($kind -eq 'Server') {
            $server = $ServerName
            $login = $MasterDatabaseCredentialName
        }
        if ($kind -eq 'Database') {
            $server = $ServerName
            $database = $DatabaseName
        }
        if ($kind -eq 'ShardMap') {
            $server = $ShardMapManagerServerName
            $database = $ShardMapManagerDatabaseName
            $login = $ShardMapManagerCredentialName
            $map = $ShardMapName
        }
        if ($kind -eq 'CustomCollection') {
            $name = $CustomCollectionName
        }
        try {
            $made = Invoke-EdjRequest 'POST /targets' -Connection $AzureSqlJobConnection -Subject $subject -Body @{
                kind       = $kind
                name       = $name
                server     = $server
                database   = $database
                credential = $login
                shardMap   = $map
            }
            $info = ConvertTo-TargetInfo $made -Connection $AzureSqlJobConnection
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        $info
    }
}
