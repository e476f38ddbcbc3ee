function Add-AzureSqlJobChildTarget {
    <#
    .SYNOPSIS
    Adds targets to a custom collection.

    .DESCRIPTION
    A child that is excluded is left out, by whichever way it is included. Adding what is a child already changes whether it
    is included. A database that is no target yet becomes one.

    .PARAMETER CustomCollectionName
    Name of the collection.

    .PARAMETER TargetId
    Ids of targets of any kind, other collections too. Names do as well.

    .PARAMETER ServerName
    Server of the databases: one for all of them, or one for each.

    .PARAMETER DatabaseName
    Names of the databases.

    .PARAMETER Exclude
    Leaves them out of the collection instead.

    .PARAMETER LiteralServerName
    Taken for the sake of old scripts. Server names are always taken as they are written.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Add-AzureSqlJobChildTarget -CustomCollectionName tenants -ServerName tenants.database.windows.net -DatabaseName tenant1, tenant2

    .EXAMPLE
    Get-AzureSqlJobTarget -CustomCollectionName closed | Add-AzureSqlJobChildTarget -CustomCollectionName tenants -Exclude

    .OUTPUTS
    None.

    .LINK
    Remove-AzureSqlJobChildTarget
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

        [switch] $Exclude,

        [switch] $LiteralServerName,

        [object] $AzureSqlJobConnection
    )
    process {
        $membership = 'Include'
        if ($Exclude) {
            $membership = 'Exclude'
        }
        try {
            $children = @(Resolve-Child $TargetId $ServerName $DatabaseName)
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        foreach ($child in $children) {
            if (-not $PSCmdlet.ShouldProcess($CustomCollectionName, "$membership $($child.Text)")) {
                continue
            }
            try {
                $id = $child.Id
                if ($null -eq $id) {
                    $id = Find-DatabaseTargetId $child.ServerName $child.DatabaseName $AzureSqlJobConnection
                }
                if ($null -eq $id) {
                    $target = Invoke-EdjRequest 'POST /targets' -Connection $AzureSqlJobConnection -Subject $child.Text -Body @{
                        kind     = 'Database'
                        server   = $child.ServerName
                        database = $child.DatabaseName
                    }
                    $id = $target.id
                }
                Invoke-EdjRequest 'POST /targets/{target}/children' -Path @{ target = $CustomCollectionName } -Connection $AzureSqlJobConnection -Subject $child.Text -Body @{
                    target     = $id
                    membership = $membership
                }
            }
            catch {
                $PSCmdlet.WriteError($_)
            }
        }
    }
}
