function Use-AzureSqlJobConnection {
    <#
    .SYNOPSIS
    Makes or takes the connection that the cmdlets of this session use.

    .DESCRIPTION
    Takes what New-AzureSqlJobConnection takes, or a connection that it made, and keeps it for the session. This is the one
    line of a script of the preview that may have to change: -CurrentAzureSubscription finds the service on this machine,
    or the one that EDJ_URL and EDJ_TOKEN name.

    .PARAMETER Uri
    Address of the service, such as https://jobs.example.com or http://localhost:8740.

    .PARAMETER Token
    A token for the service, as a SecureString.

    .PARAMETER Credential
    A user of the service with their password.

    .PARAMETER DataDirectory
    Directory in which a service on this machine keeps its address and its token, instead of EDJ_DATA or ~/.edj.

    .PARAMETER CurrentAzureSubscription
    The line of old scripts. No subscription is asked: the service is found as without it.

    .PARAMETER ResourceGroupName
    Taken for the sake of old scripts, and not used.

    .PARAMETER ServerName
    Host of the service, or its address. Without a scheme, https:// is meant.

    .PARAMETER DatabaseName
    Taken for the sake of old scripts, and not used.

    .PARAMETER LiteralServerName
    Taken for the sake of old scripts. Server names are always taken as they are written.

    .PARAMETER CredentialServer
    Patterns of the servers to which credentials may be sent that New-AzureSqlJobCredential makes without -Server of its own.

    .PARAMETER SkipCertificateCheck
    Takes any certificate of the service: for trials only.

    .PARAMETER AllowUnencryptedAuthentication
    Sends the token over http:// to another machine.

    .PARAMETER Proxy
    A proxy, instead of the one that the system or the variables HTTP_PROXY and HTTPS_PROXY name.

    .PARAMETER ProxyCredential
    Who to be for the proxy.

    .PARAMETER NoProxy
    Goes around every proxy.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection.

    .PARAMETER None
    The session has no connection any more.

    .EXAMPLE
    Use-AzureSqlJobConnection -CurrentAzureSubscription -CredentialServer '*.database.windows.net'

    The service on this machine; credentials that the script makes may be sent to the servers of Azure SQL.

    .EXAMPLE
    Use-AzureSqlJobConnection -Uri https://jobs.example.com -Credential (Get-Credential)

    Signs in as a user of the service.

    .OUTPUTS
    None.

    .LINK
    New-AzureSqlJobConnection
    #>
    [CmdletBinding(DefaultParameterSetName = 'Uri')]
    [OutputType([void])]
    param(
        [Parameter(ParameterSetName = 'Uri', Position = 0)]
        [Alias('Url')]
        [uri] $Uri,

        [Parameter(ParameterSetName = 'Uri')]
        [Parameter(ParameterSetName = 'CurrentAzureSubscription')]
        [Parameter(ParameterSetName = 'ServerName')]
        [securestring] $Token,

        [Parameter(ParameterSetName = 'Uri')]
        [Parameter(ParameterSetName = 'CurrentAzureSubscription')]
        [Parameter(ParameterSetName = 'ServerName')]
        [pscredential] $Credential,

        [Parameter(ParameterSetName = 'Uri')]
        [Parameter(ParameterSetName = 'CurrentAzureSubscription')]
        [Parameter(ParameterSetName = 'ServerName')]
        [string] $DataDirectory,

        [Parameter(Mandatory, ParameterSetName = 'CurrentAzureSubscription')]
        [switch] $CurrentAzureSubscription,

        [Parameter(ParameterSetName = 'CurrentAzureSubscription')]
        [string] $ResourceGroupName,

        [Parameter(Mandatory, ParameterSetName = 'ServerName')]
        [string] $ServerName,

        [Parameter(ParameterSetName = 'ServerName')]
        [string] $DatabaseName,

        [Parameter(ParameterSetName = 'ServerName')]
        [switch] $LiteralServerName,

        [Parameter(ParameterSetName = 'Uri')]
        [Parameter(ParameterSetName = 'CurrentAzureSubscription')]
        [Parameter(ParameterSetName = 'ServerName')]
        [string[]] $CredentialServer,

        [Parameter(ParameterSetName = 'Uri')]
        [Parameter(ParameterSetName = 'CurrentAzureSubscription')]
        [Parameter(ParameterSetName = 'ServerName')]
        [switch] $SkipCertificateCheck,

        [Parameter(ParameterSetName = 'Uri')]
        [Parameter(ParameterSetName = 'CurrentAzureSubscription')]
        [Parameter(ParameterSetName = 'ServerName')]
        [switch] $AllowUnencryptedAuthentication,

        [Parameter(ParameterSetName = 'Uri')]
        [Parameter(ParameterSetName = 'CurrentAzureSubscription')]
        [Parameter(ParameterSetName = 'ServerName')]
        [uri] $Proxy,

        [Parameter(ParameterSetName = 'Uri')]
        [Parameter(ParameterSetName = 'CurrentAzureSubscription')]
        [Parameter(ParameterSetName = 'ServerName')]
        [pscredential] $ProxyCredential,

        [Parameter(ParameterSetName = 'Uri')]
        [Parameter(ParameterSetName = 'CurrentAzureSubscription')]
        [Parameter(ParameterSetName = 'ServerName')]
        [switch] $NoProxy,

        [Parameter(Mandatory, ParameterSetName = 'AzureSqlJobConnection', ValueFromPipeline)]
        [object] $AzureSqlJobConnection,

        [Parameter(Mandatory, ParameterSetName = 'None')]
        [switch] $None
    )
    process {
        if ($None) {
            $script:SessionConnection = $null
            return
        }
        if ($null -ne $AzureSqlJobConnection) {
            $script:SessionConnection = $AzureSqlJobConnection
            return
        }
        # A connection that cannot be made leaves none: what follows must not go to another service.
        $script:SessionConnection = $null
        try {
            $script:SessionConnection = New-AzureSqlJobConnection @PSBoundParameters
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
    }
}
