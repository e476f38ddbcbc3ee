function Get-AzureSqlJobContentDefinition {
    <#
    .SYNOPSIS
    Shows what contents say: the newest version, one of a number, or all.

    .DESCRIPTION
    A content that does not exist is an error for itself; the others are returned.

    .PARAMETER ContentName
    Names of the contents.

    .PARAMETER AllVersions
    All versions, oldest first.

    .PARAMETER Version
    Number of the version, from 1.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    (Get-AzureSqlJobContentDefinition -ContentName 'rebuild indexes').CommandText

    .EXAMPLE
    Get-AzureSqlJobContentDefinition -ContentName 'rebuild indexes' -AllVersions

    .OUTPUTS
    ElasticDatabaseJobs.ContentDefinition, with ContentName, VersionNumber, Comment, and CommandText or DacpacUri.

    .LINK
    Set-AzureSqlJobContentDefinition
    #>
    [CmdletBinding(DefaultParameterSetName = 'Newest')]
    [OutputType('ElasticDatabaseJobs.ContentDefinition')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string[]] $ContentName,

        [Parameter(Mandatory, ParameterSetName = 'AllVersions')]
        [switch] $AllVersions,

        [Parameter(Mandatory, ParameterSetName = 'Version')]
        [Alias('VersionNumber')]
        [int] $Version,

        [object] $AzureSqlJobConnection
    )
    process {
        foreach ($name in $ContentName) {
            $definitions = @()
            try {
                $numbers = @('latest')
                if ($AllVersions) {
                    $numbers = @(foreach ($contentVersion in Invoke-EdjRequest 'GET /contents/{name}/versions' -Path @{ name = $name } -Connection $AzureSqlJobConnection -Subject $name) {
                            $contentVersion.version
                        }) | Sort-Object
                }
                if ($PSCmdlet.ParameterSetName -eq 'Version') {
                    $numbers = @($Version)
                }
                $definitions = @(foreach ($number in $numbers) {
                        Invoke-EdjRequest 'GET /contents/{name}/versions/{version}' -Path @{ name = $name; version = $number } -Connection $AzureSqlJobConnection -Subject $name
                    })
            }
            catch {
                $PSCmdlet.WriteError($_)
            }
            $definitions | ForEach-Object { ConvertTo-ContentDefinitionInfo $_ }
        }
    }
}
