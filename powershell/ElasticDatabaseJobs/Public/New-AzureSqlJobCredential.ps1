function New-AzureSqlJobCredential {
    <#
    .SYNOPSIS
    Creates a credential with which jobs log in to databases.

    .DESCRIPTION
    The service encrypts the password as soon as it arrives; only its workers can decrypt it. A credential is sent to the
    servers that it names and to no other: those of -Server, else those that the connection has for it (-CredentialServer of
    Use-AzureSqlJobConnection). With neither, a warning says that it can be used nowhere yet.

    .PARAMETER CredentialName
    Name of the credential.

    .PARAMETER Credential
    The login and its password.

    .PARAMETER Server
    Patterns of the servers that it may be sent to, such as '*.database.windows.net' or 'postgresql://db1.example.com'.

    .PARAMETER EncryptionCertificateThumbprint
    Taken for the sake of old scripts, and not used: there is no certificate to be installed.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    New-AzureSqlJobCredential -CredentialName operations -Credential (Get-Credential) -Server '*.database.windows.net'

    .OUTPUTS
    ElasticDatabaseJobs.Credential, with CredentialName, UserName and Server.

    .LINK
    Set-AzureSqlJobCredential
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType('ElasticDatabaseJobs.Credential')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $CredentialName,

        [Parameter(Mandatory, Position = 1)]
        [pscredential] $Credential,

        [string[]] $Server,

        [string] $EncryptionCertificateThumbprint,

        [object] $AzureSqlJobConnection
    )
    process {
        if (-not $PSCmdlet.ShouldProcess($CredentialName, 'Create credential')) {
            return
        }
        try {
            $connection = Resolve-EdjConnection $AzureSqlJobConnection
            $servers = @($connection.CredentialServer | Where-Object { $_ })
            if ($PSBoundParameters.ContainsKey('Server')) {
                $servers = @($Server | Where-Object { $_ })
            }
            $made = Invoke-EdjRequest 'POST /credentials' -Connection $AzureSqlJobConnection -Subject $CredentialName -Body @{
                name     = $CredentialName
                userName = $Credential.UserName
                password = ConvertFrom-Secret $Credential.Password
                servers  = $servers
            }
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        if (@($servers).Count -eq 0) {
            Write-Warning "The credential '$CredentialName' may be sent to no server yet. Give -Server, or -CredentialServer to Use-AzureSqlJobConnection."
        }
        ConvertTo-CredentialInfo $made
    }
}
