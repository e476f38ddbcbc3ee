function Get-AzureSqlJobCredential {
    <#
    .SYNOPSIS
    Lists credentials, or those of the given names.

    .DESCRIPTION
    Without a name, lists all of them. A name that does not exist is an error for itself; the others are returned. No password is
    ever returned.

    .PARAMETER CredentialName
    Names of the credentials.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Get-AzureSqlJobCredential -CredentialName operations

    .OUTPUTS
    ElasticDatabaseJobs.Credential, with CredentialName, UserName and Server.
    #>
    [CmdletBinding()]
    [OutputType('ElasticDatabaseJobs.Credential')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName)]
        [string[]] $CredentialName,

        [object] $AzureSqlJobConnection
    )
    process {
        if (-not $PSBoundParameters.ContainsKey('CredentialName')) {
            try {
                $found = @(Invoke-EdjRequest 'GET /credentials' -Connection $AzureSqlJobConnection)
            }
            catch {
                $PSCmdlet.ThrowTerminatingError($_)
            }
            $found | ForEach-Object { ConvertTo-CredentialInfo $_ }
            return
        }
        foreach ($name in $CredentialName) {
            try {
                $one = Invoke-EdjRequest 'GET /credentials/{name}' -Path @{ name = $name } -Connection $AzureSqlJobConnection -Subject $name
            }
            catch {
                $PSCmdlet.WriteError($_)
                continue
            }
            ConvertTo-CredentialInfo $one
        }
    }
}
