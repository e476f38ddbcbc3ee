function Set-AzureSqlJobCredential {
    <#
    .SYNOPSIS
    Changes the login, the password or the servers of a credential.

    .DESCRIPTION
    Jobs use the new password from their next login on. To send a credential to more servers than before, its password has to
    be given as well, so that nobody can send one that they do not know to a server of their own.

    .PARAMETER CredentialName
    Name of the credential.

    .PARAMETER Credential
    The login and its new password. Of a login's name, or of a credential as New-AzureSqlJobCredential returned it, the login
    is taken, and the password is asked for.

    .PARAMETER UserName
    The login.

    .PARAMETER Password
    The new password.

    .PARAMETER Server
    Patterns of the servers that it may be sent to, all of them anew. Without it they stay.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Set-AzureSqlJobCredential -CredentialName operations -Credential (Get-Credential)

    .EXAMPLE
    Set-AzureSqlJobCredential -CredentialName operations -Password (Read-Host -AsSecureString)

    .OUTPUTS
    ElasticDatabaseJobs.Credential, with CredentialName, UserName and Server.

    .LINK
    New-AzureSqlJobCredential
    #>
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Parts')]
    [OutputType('ElasticDatabaseJobs.Credential')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string] $CredentialName,

        [Parameter(Mandatory, Position = 1, ParameterSetName = 'Credential')]
        [object] $Credential,

        [Parameter(ParameterSetName = 'Parts')]
        [string] $UserName,

        [Parameter(ParameterSetName = 'Parts')]
        [securestring] $Password,

        [string[]] $Server,

        [object] $AzureSqlJobConnection
    )
    process {
        if (-not $PSCmdlet.ShouldProcess($CredentialName, 'Change credential')) {
            return
        }
        $user = $null
        $secret = $null
        if ($PSBoundParameters.ContainsKey('UserName')) {
            $user = $UserName
        }
        if ($PSBoundParameters.ContainsKey('Password')) {
            $secret = ConvertFrom-Secret $Password
        }
        try {
            if ($PSCmdlet.ParameterSetName -eq 'Credential') {
                $login = Resolve-Login $Credential $CredentialName
                $user = $login.UserName
                $secret = ConvertFrom-Secret $login.Password
            }
            $changed = Invoke-EdjRequest 'PATCH /credentials/{name}' -Path @{ name = $CredentialName } -Connection $AzureSqlJobConnection -Subject $CredentialName -Body @{
                userName = $user
                password = $secret
                servers  = $Server
            }
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        ConvertTo-CredentialInfo $changed
    }
}
