function New-AzureSqlJobConnection {
    <#
    .SYNOPSIS
    Makes a connection to the service, to be given to cmdlets.

    .DESCRIPTION
    Finds the service and shows it who asks, once, so that a wrong address or token is noticed here. The address is -Uri,
    else the variable EDJ_URL, else what the data directory of a service on this machine says.

    What is shown is -Token, else a token for the user of -Credential, else the variable EDJ_TOKEN, else the data directory's
    own token, if the service is that of the directory.

    The token is kept as a SecureString and is sent in a header of requests only. It is not sent unencrypted to another
    machine unless -AllowUnencryptedAuthentication says so.

    .PARAMETER Uri
    Address of the service, such as https://jobs.example.com or http://localhost:8740.

    .PARAMETER Token
    A token for the service, as a SecureString.

    .PARAMETER Credential
    A user of the service with their password, which is exchanged for a token. The user of the preview's control database
    stood here.

    .PARAMETER DataDirectory
    Directory in which a service on this machine keeps its address and its token, instead of EDJ_DATA or ~/.edj.

    .PARAMETER CurrentAzureSubscription
    The line of old scripts. No subscription is asked: the service is found as without it.

    .PARAMETER ResourceGroupName
    Taken for the sake of old scripts, and not used.

    .PARAMETER ServerName
    Host of the service, or its address. Without a scheme, https:// is meant. The server of the preview's control database
    stood here.

    .PARAMETER DatabaseName
    Taken for the sake of old scripts, and not used.

    .PARAMETER LiteralServerName
    Taken for the sake of old scripts. Server names are always taken as they are written.

    .PARAMETER CredentialServer
    Patterns of the servers to which credentials may be sent that New-AzureSqlJobCredential makes over this connection
    without -Server of its own. Old scripts name no servers, and a credential without any can be used nowhere.

    .PARAMETER SkipCertificateCheck
    Takes any certificate of the service. Whoever stands in between can then read the token: for trials only. A certificate
    of an authority of your own belongs into the system's store instead.

    .PARAMETER AllowUnencryptedAuthentication
    Sends the token over http:// to another machine, where whoever listens can read it.

    .PARAMETER Proxy
    A proxy, instead of the one that the system or the variables HTTP_PROXY and HTTPS_PROXY name. Not used for this machine.

    .PARAMETER ProxyCredential
    Who to be for the proxy.

    .PARAMETER NoProxy
    Goes around every proxy.

    .EXAMPLE
    $connection = New-AzureSqlJobConnection
    Get-AzureSqlJob -AzureSqlJobConnection $connection

    The service on this machine.

    .EXAMPLE
    $token = Read-Host -AsSecureString -Prompt 'Token'
    $connection = New-AzureSqlJobConnection -Uri https://jobs.example.com -Token $token

    .OUTPUTS
    ElasticDatabaseJobs.Connection, with ServerName, DatabaseName, UserName, Password, Uri and Token. Password and Token are
    SecureStrings.

    .LINK
    Use-AzureSqlJobConnection
    #>
    [CmdletBinding(DefaultParameterSetName = 'Uri')]
    [OutputType('ElasticDatabaseJobs.Connection')]
    param(
        [Parameter(ParameterSetName = 'Uri', Position = 0)]
        [Alias('Url')]
        [uri] $Uri,

        [securestring] $Token,

        [pscredential] $Credential,

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

        [string[]] $CredentialServer,

        [switch] $SkipCertificateCheck,

        [switch] $AllowUnencryptedAuthentication,

        [uri] $Proxy,

        [pscredential] $ProxyCredential,

        [switch] $NoProxy
    )
    process {
        $given = $Uri
        if ($PSCmdlet.ParameterSetName -eq 'ServerName') {
            $given = [uri] $ServerName
            if ($ServerName -notlike '*://*') {
                $given = [uri] "https://$ServerName"
            }
        }
        try {
            $address = Find-EdjAddress $given $DataDirectory
            if ($address.Scheme -eq 'http' -and -not $address.IsLoopback -and -not $AllowUnencryptedAuthentication) {
                throw (New-EdjError "The token would travel to $address in clear text. Use https://, or say -AllowUnencryptedAuthentication." 'UnencryptedAuthentication' SecurityError $address)
            }
            $connection = [pscustomobject] @{
                PSTypeName           = 'ElasticDatabaseJobs.Connection'
                ServerName           = $address.Authority
                DatabaseName         = $DatabaseName
                UserName             = $null
                Password             = $null
                Uri                  = $address
                Token                = $Token
                CredentialServer     = $CredentialServer
                SkipCertificateCheck = [bool] $SkipCertificateCheck
                Proxy                = $Proxy
                ProxyCredential      = $ProxyCredential
                NoProxy              = $NoProxy -or $address.IsLoopback
            }
            if ($null -eq $Token -and $null -ne $Credential) {
                $connection.Password = $Credential.Password
                $madeToken = Invoke-EdjRequest 'POST /sign-in' -Connection $connection -Subject $Credential.UserName -Anonymous -Body @{
                    user     = $Credential.UserName
                    password = ConvertFrom-Secret $Credential.Password
                    device   = 'PowerShell on ' + [System.Environment]::MachineName
                }
                $connection.Token = ConvertTo-Secret $madeToken.secret
            }
            elseif ($null -eq $Token) {
                $wasNamed = $null -ne $given -or [bool] $env:EDJ_URL
                $connection.Token = Find-EdjToken $address $wasNamed $DataDirectory
            }
            $account = Invoke-EdjRequest 'GET /account' -Connection $connection -Subject $address
            $connection.UserName = $account.name
        }
        catch {
            $PSCmdlet.ThrowTerminatingError($_)
        }
        $connection
    }
}
