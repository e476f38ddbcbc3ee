function Get-AzureSqlJobTarget {
    <#
    .SYNOPSIS
    Lists targets: all, by id, by what they are, or the children of a collection.

    .DESCRIPTION
    Without parameters, lists all targets. What does not exist is an error for itself.

    .PARAMETER TargetId
    Ids of the targets. Names do as well.

    .PARAMETER ParentTargetId
    The collection whose children are listed, each with its Membership: Include or Exclude.

    .PARAMETER ServerName
    Name of the server. With DatabaseName, that database of it.

    .PARAMETER DatabaseName
    Name of the database.

    .PARAMETER ShardMapManagerServerName
    Server of the shard map's manager.

    .PARAMETER ShardMapManagerDatabaseName
    Database of the shard map's manager.

    .PARAMETER ShardMapName
    Name of the shard map.

    .PARAMETER CustomCollectionName
    Name of the collection itself.

    .PARAMETER ParentCustomCollectionName
    Name of the collection whose children are listed.

    .PARAMETER LiteralServerName
    Taken for the sake of old scripts. Server names are always taken as they are written.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Get-AzureSqlJobTarget -CustomCollectionName tenants

    .EXAMPLE
    Get-AzureSqlJobTarget -ParentTargetId (Get-AzureSqlJobTarget -CustomCollectionName tenants).TargetId

    .OUTPUTS
    ElasticDatabaseJobs.Target, with TargetId, TargetType, TargetDescription, TargetName and what goes with the type: ServerName,
    DatabaseName, MasterDatabaseCredentialName, CustomCollectionName, ShardMapName, ShardMapManagerServerName,
    ShardMapManagerDatabaseName, ShardMapManagerDatabaseTargetId, ShardMapManagerCredentialName.
    Children have Membership, too.

    .LINK
    New-AzureSqlJobTarget
    #>
    [CmdletBinding(DefaultParameterSetName = 'All')]
    [OutputType('ElasticDatabaseJobs.Target')]
    param(
        [Parameter(Mandatory, ParameterSetName = 'TargetId', ValueFromPipelineByPropertyName)]
        [string[]] $TargetId,

        [Parameter(Mandatory, ParameterSetName = 'ParentTargetId')]
        [string] $ParentTargetId,

        [Parameter(Mandatory, ParameterSetName = 'Database')]
        [Parameter(Mandatory, ParameterSetName = 'Server')]
        [string] $ServerName,

        [Parameter(Mandatory, ParameterSetName = 'Database')]
        [string] $DatabaseName,

        [Parameter(Mandatory, ParameterSetName = 'ShardMap')]
        [string] $ShardMapManagerServerName,

        [Parameter(Mandatory, ParameterSetName = 'ShardMap')]
        [string] $ShardMapManagerDatabaseName,

        [Parameter(Mandatory, ParameterSetName = 'ShardMap')]
        [string] $ShardMapName,

        [Parameter(Mandatory, ParameterSetName = 'CustomCollection')]
        [string] $CustomCollectionName,

        [Parameter(Mandatory, ParameterSetName = 'ParentCustomCollection')]
        [string] $ParentCustomCollectionName,

        [switch] $LiteralServerName,

        [object] $AzureSqlJobConnection
    )
    process {
        if ($PSCmdlet.ParameterSetName -eq 'TargetId') {
            foreach ($id in $TargetId) {
                try {
                    $one = Invoke-EdjRequest 'GET /targets/{target}' -Path @{ target = $id } -Connection $AzureSqlJobConnection -Subject $id
                    $info = ConvertTo-TargetInfo $one -Connection $AzureSqlJobConnection
                }
                catch {
                    $PSCmdlet.WriteError($_)
                    continue
                }
                $info
            }
            return
        }
        $infos = @()
        try {
            $infos = @(switch ($PSCmdlet.ParameterSetName) {
                    'ParentTargetId' {
                        Read-ChildTarget $ParentTargetId $AzureSqlJobConnection
                    }
                    'ParentCustomCollection' {
                        Read-ChildTarget $ParentCustomCollectionName $AzureSqlJobConnection
                    }
                    'Database' {
                        Read-Target @{ kind = 'Database'; server = $ServerName; database = $DatabaseName } -Connection $AzureSqlJobConnection
                    }
                    'Server' {
                        Read-Target @{ kind = 'Server'; server = $ServerName } -Connection $AzureSqlJobConnection
                    }
                    'ShardMap' {
                        Read-Target @{ kind = 'ShardMap'; server = $ShardMapManagerServerName; database = $ShardMapManagerDatabaseName } $ShardMapName $AzureSqlJobConnection
                    }
                    'CustomCollection' {
                        Read-Target @{ kind = 'CustomCollection'; name = $CustomCollectionName } -Connection $AzureSqlJobConnection
                    }
                    'All' {
                        foreach ($target in Invoke-EdjRequest 'GET /targets' -Connection $AzureSqlJobConnection) {
                            ConvertTo-TargetInfo $target -Connection $AzureSqlJobConnection
                        }
                    }
                })
        }
        catch {
            $PSCmdlet.WriteError($_)
        }
        $infos
    }
}
