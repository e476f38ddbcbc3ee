function New-AzureSqlJobContent {
    <#
    .SYNOPSIS
    Creates a content: a script, or a data-tier package that the service fetches.

    .DESCRIPTION
    A content is what a job applies to databases. Its first version has the number 1.

    .PARAMETER ContentName
    Name of the content.

    .PARAMETER CommandText
    The script. Several texts are its lines, as Get-Content returns them.

    .PARAMETER DacpacUri
    Where the service fetches the package at each run. The service must know the host (edj serve --dacpac-host).

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    New-AzureSqlJobContent -ContentName 'rebuild indexes' -CommandText (Get-Content -Path ./rebuild.sql)

    .EXAMPLE
    New-AzureSqlJobContent -ContentName orders -DacpacUri https://packages.example.com/orders.dacpac

    .OUTPUTS
    ElasticDatabaseJobs.Content, with ContentName, ContentType (Script or Dacpac) and VersionNumber.

    .LINK
    Set-AzureSqlJobContentDefinition
    #>
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Script')]
    [OutputType('ElasticDatabaseJobs.Content')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $ContentName,

        [Parameter(Mandatory, Position = 1, ParameterSetName = 'Script', ValueFromPipelineByPropertyName)]
        [AllowEmptyString()]
        [string[]] $CommandText,

        [Parameter(Mandatory, ParameterSetName = 'Dacpac', ValueFromPipelineByPropertyName)]
        [string] $DacpacUri,

        [object] $AzureSqlJobConnection
    )
    process {
        if (-not $PSCmdlet.ShouldProcess($ContentName, 'Create content')) {
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
            $made = Invoke-EdjRequest 'POST /contents' -Connection $AzureSqlJobConnection -Subject $ContentName -Body @{
                name      = $ContentName
                text      = $text
                dacpacUri = $package
            }
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        ConvertTo-ContentInfo $made
    }
}
