function Set-AzureSqlJobContentDefinition {
    <#
    .SYNOPSIS
    Adds a version to a content.

    .DESCRIPTION
    Jobs apply the new version from their next start on; what runs keeps the version it has. Older versions stay.

    .PARAMETER ContentName
    Name of the content.

    .PARAMETER CommandText
    The script. Several texts are its lines, as Get-Content returns them.

    .PARAMETER DacpacUri
    Where the service fetches the package at each run.

    .PARAMETER Comment
    What the version is for.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Set-AzureSqlJobContentDefinition -ContentName 'rebuild indexes' -CommandText (Get-Content -Path ./rebuild.sql) -Comment 'online'

    .OUTPUTS
    ElasticDatabaseJobs.ContentDefinition, with ContentName, VersionNumber, Comment, and CommandText or DacpacUri.

    .LINK
    Get-AzureSqlJobContentDefinition
    #>
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Script')]
    [OutputType('ElasticDatabaseJobs.ContentDefinition')]
    [Alias('Set-AzureSqlJobDacpacDefinition')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ContentName,

        [Parameter(Mandatory, Position = 1, ParameterSetName = 'Script', ValueFromPipelineByPropertyName)]
        [AllowEmptyString()]
        [string[]] $CommandText,

        [Parameter(Mandatory, ParameterSetName = 'Dacpac', ValueFromPipelineByPropertyName)]
        [string] $DacpacUri,

        [Parameter(ValueFromPipelineByPropertyName)]
        [string] $Comment,

        [object] $AzureSqlJobConnection
    )
    process {
        if (-not $PSCmdlet.ShouldProcess($ContentName, 'Add version to content')) {
            return
        }
        $text = $null
        $package = $null
        if ($PSCmdlet.ParameterSetName -eq 'Script') {
            $text = $CommandText -join "`n"
        }
        else {
            $package = $DacpacUri
        }
        try {
            $added = Invoke-EdjRequest 'POST /contents/{name}/versions' -Path @{ name = $ContentName } -Connection $AzureSqlJobConnection -Subject $ContentName -Body @{
                text      = $text
                dacpacUri = $package
                comment   = $Comment
            }
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        ConvertTo-ContentDefinitionInfo $added
    }
}
