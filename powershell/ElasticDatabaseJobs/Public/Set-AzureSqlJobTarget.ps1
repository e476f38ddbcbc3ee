function Set-AzureSqlJobTarget {
    <#
    .SYNOPSIS
    Changes the credential with which a server's databases are listed, or a shard map is read.

    .DESCRIPTION
    What a target is does not change: create another one instead.

    .PARAMETER ServerName
    Name of the server.

    .PARAMETER MasterDatabaseCredentialName
    The credential with which its databases are listed.

    .PARAMETER ShardMapManagerServerName
    Server of the shard map's manager.

    .PARAMETER ShardMapManagerDatabaseName
    Database of the shard map's manager.

    .PARAMETER ShardMapManagerCredentialName
    The credential with which the shard map is read.

    .PARAMETER ShardMapName
    Name of the shard map.

    .PARAMETER LiteralServerName
    Taken for the sake of old scripts. Server names are always taken as they are written.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Set-AzureSqlJobTarget -ServerName tenants.database.windows.net -MasterDatabaseCredentialName lister

    .OUTPUTS
    ElasticDatabaseJobs.Target, with TargetId, TargetType, TargetDescription, TargetName and what goes with the type: ServerName,
    DatabaseName, MasterDatabaseCredentialName, CustomCollectionName, ShardMapName, ShardMapManagerServerName,
    ShardMapManagerDatabaseName, ShardMapManagerDatabaseTargetId, ShardMapManagerCredentialName.

    .LINK
    Get-AzureSqlJobTarget
    #>
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Server')]
    [OutputType('ElasticDatabaseJobs.Target')]
    param(
        [Parameter(Mandatory, ParameterSetName = 'Server')]
        [string] $ServerName,

        [Parameter(Mandatory, ParameterSetName = 'Server')]
        [string] $MasterDatabaseCredentialName,

        [Parameter(Mandatory, ParameterSetName = 'ShardMap')]
        [string] $ShardMapManagerServerName,

        [Parameter(Mandatory, ParameterSetName = 'ShardMap')]
        [string] $ShardMapManagerDatabaseName,

        [Parameter(Mandatory, ParameterSetName = 'ShardMap')]
        [string] $ShardMapManagerCredentialName,

        [Parameter(Mandatory, ParameterSetName = 'ShardMap')]
        [string] $ShardMapName,

        [switch] $LiteralServerName,

        [object] $AzureSqlJobConnection
    )
    process {
        $query = @{ kind = 'Server'; server = $ServerName }
        $login = $MasterDatabaseCredentialName
        if ($PSCmdlet.ParameterSetName -eq 'ShardMap') {
            $query = @{ kind = 'ShardMap'; server = $ShardMapManagerServerName; database = $ShardMapManagerDatabaseName }
            $login = $ShardMapManagerCredentialName
        }
        $infos = @()
        try {
            $infos = @(foreach ($target in Find-Target $query $ShardMapName $AzureSqlJobConnection) {
                    if ($PSCmdlet.ShouldProcess($target.name, "Change credential to $login")) {
                        $changed = Invoke-EdjRequest 'PATCH /targets/{target}' -Path @{ target = $target.id } -Connection $AzureSqlJobConnection -Subject $target.name -Body @{
                            credential = $login
                        }
                        ConvertTo-TargetInfo $changed -Connection $AzureSqlJobConnection
                    }
                })
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        $infos
    }
}
