function Get-AzureSqlJobChildTarget {
    <#
    .SYNOPSIS
    Lists the children of a custom collection.

    .DESCRIPTION
    Each child has its Membership: Include or Exclude. A collection may have other collections as children.

    .PARAMETER CustomCollectionName
    Names of the collections.

    .PARAMETER TargetId
    Ids of the collections.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Get-AzureSqlJobChildTarget -CustomCollectionName tenants

    .OUTPUTS
    ElasticDatabaseJobs.Target, with TargetId, TargetType, TargetDescription, TargetName and what goes with the type: ServerName,
    DatabaseName, MasterDatabaseCredentialName, CustomCollectionName, ShardMapName, ShardMapManagerServerName,
    ShardMapManagerDatabaseName, ShardMapManagerDatabaseTargetId, ShardMapManagerCredentialName.
    Children have Membership, too.

    .LINK
    Add-AzureSqlJobChildTarget
    #>
    [CmdletBinding(DefaultParameterSetName = 'CustomCollectionName')]
    [OutputType('ElasticDatabaseJobs.Target')]
    param(
        [Parameter(Mandatory, Position = 0, ParameterSetName = 'CustomCollectionName', ValueFromPipelineByPropertyName)]
        [string[]] $CustomCollectionName,

        [Parameter(Mandatory, ParameterSetName = 'TargetId')]
        [Alias('ParentTargetId')]
        [string[]] $TargetId,

        [object] $AzureSqlJobConnection
    )
    process {
        foreach ($collection in @($CustomCollectionName) + @($TargetId)) {
            if (-not $collection) {
                continue
            }
            try {
                $children = @(Read-ChildTarget $collection $AzureSqlJobConnection)
            }
            catch {
                $PSCmdlet.WriteError($_)
                continue
            }
            $children
        }
    }
}
