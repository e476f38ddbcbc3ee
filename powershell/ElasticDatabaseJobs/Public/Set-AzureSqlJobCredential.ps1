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
    The login and its new password.

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
        [pscredential] $Credential,

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
        $login = $Credential
        if ($null -eq $login -and $PSBoundParameters.ContainsKey('Password')) {
            # The name of a login is needed to read a password, and is not sent.
            $login = [pscredential]::new('-', $Password)
        }
        $user = $null
        if ($PSCmdlet.ParameterSetName -eq 'Credential') {
            $user = $Credential.UserName
        }
        elseif ($PSBoundParameters.ContainsKey('UserName')) {
            $user = $UserName
        }
        $secret = $null
        if ($null -ne $login) {
            $secret = $login.GetNetworkCredential().Password
        }
        try {
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
