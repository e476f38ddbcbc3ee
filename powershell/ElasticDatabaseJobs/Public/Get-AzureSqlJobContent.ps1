function Get-AzureSqlJobContent {
    <#
    .SYNOPSIS
    Lists contents, or those of the given names.

    .DESCRIPTION
    Without a name, lists all of them. A name that does not exist is an error for itself; the others are returned.

    .PARAMETER ContentName
    Names of the contents.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Get-AzureSqlJobContent | Where-Object ContentType -eq Dacpac

    .OUTPUTS
    ElasticDatabaseJobs.Content, with ContentName, ContentType (Script or Dacpac) and VersionNumber.
    #>
    [CmdletBinding()]
    [OutputType('ElasticDatabaseJobs.Content')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)]
        [string[]] $ContentName,

        [object] $AzureSqlJobConnection
    )
    process {
        if (-not $PSBoundParameters.ContainsKey('ContentName')) {
            try {
                $found = @(Invoke-EdjRequest 'GET /contents' -Connection $AzureSqlJobConnection)
            }
            catch {
                $PSCmdlet.ThrowTerminatingError($_)
            }
            $found | ForEach-Object { ConvertTo-ContentInfo $_ }
            return
        }
        foreach ($name in $ContentName) {
            try {
                $one = Invoke-EdjRequest 'GET /contents/{name}' -Path @{ name = $name } -Connection $AzureSqlJobConnection -Subject $name
            }
            catch {
                $PSCmdlet.WriteError($_)
                continue
            }
            ConvertTo-ContentInfo $one
        }
    }
}
