function Remove-AzureSqlJobChildTarget {
    <#
    .SYNOPSIS
    Removes targets from a custom collection.

    .DESCRIPTION
    The targets themselves stay. What is not a child is an error for itself.

    .PARAMETER CustomCollectionName
    Name of the collection.

    .PARAMETER TargetId
    Ids of targets of any kind, other collections too. Names do as well.

    .PARAMETER ServerName
    Server of the databases: one for all of them, or one for each.

    .PARAMETER DatabaseName
    Names of the databases.

    .PARAMETER LiteralServerName
    Taken for the sake of old scripts. Server names are always taken as they are written.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Remove-AzureSqlJobChildTarget -CustomCollectionName tenants -ServerName tenants.database.windows.net -DatabaseName tenant1

    .OUTPUTS
    None.

    .LINK
    Add-AzureSqlJobChildTarget
    #>
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'TargetId')]
    [OutputType([void])]
    param(
        [Parameter(Mandatory, Position = 0)]
        [string] $CustomCollectionName,

        [Parameter(Mandatory, ParameterSetName = 'TargetId', ValueFromPipelineByPropertyName)]
        [string[]] $TargetId,

        [Parameter(Mandatory, ParameterSetName = 'Database')]
        [string[]] $ServerName,

        [Parameter(Mandatory, ParameterSetName = 'Database')]
        [string[]] $DatabaseName,

        [switch] $LiteralServerName,

        [object] $AzureSqlJobConnection
    )
    process {
        try {
            $children = @(Resolve-Child $TargetId $ServerName $DatabaseName)
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        foreach ($child in $children) {
            if (-not $PSCmdlet.ShouldProcess($CustomCollectionName, "Remove $($child.Text)")) {
                continue
            }
            try {
                $id = $child.Id
                if ($null -eq $id) {
                    $target = Find-Target @{ kind = 'Database'; server = $child.ServerName; database = $child.DatabaseName } -Connection $AzureSqlJobConnection
                    $id = $target.id
                }
                Invoke-EdjRequest 'DELETE /targets/{target}/children/{child}' -Path @{ target = $CustomCollectionName; child = $id } -Connection $AzureSqlJobConnection -Subject $child.Text
            }
            catch {
                $PSCmdlet.WriteError($_)
            }
        }
    }
}
