# One request to the service. The route is written as the OpenAPI document has it ('GET /jobs/{name}'), with
# the path's values in Path; what is null in Query and Body is left out. Whatever goes wrong is thrown as one
# error record, whose id is the problem's code.
function Invoke-EdjRequest {
    [CmdletBinding()]
    param(
        [string] $Route,
        [System.Collections.IDictionary] $Path = @{},
        [System.Collections.IDictionary] $Query = @{},
        [System.Collections.IDictionary] $Body,
        [object] $Connection,
        [object] $Subject,
        [switch] $Anonymous
    )

    $asked = Resolve-EdjConnection $Connection
    $method = ($Route -split ' ')[0]
    $place = ($Route -split ' ')[1]
    foreach ($key in $Path.Keys) {
        $place = $place.Replace('{' + $key + '}', (ConvertTo-PathSegment $Path[$key] $Subject))
    }
    $place = $place + (ConvertTo-QueryText $Query)
    Write-Verbose "$method $place"

    $request = Get-EdjRequestOption $asked -Anonymous:$Anonymous
    $request.Uri = $asked.Uri.AbsoluteUri.TrimEnd('/') + '/api/v1' + $place
    $request.Method = $method
    if ($method -ne 'GET') {
        # Without it, PowerShell would call an empty body a form.
        $request.ContentType = 'application/json; charset=utf-8'
    }
    if ($null -ne $Body) {
        $json = ConvertTo-Json -InputObject (ConvertTo-Sendable $Body) -Depth 20 -Compress
        $request.Body = [System.Text.Encoding]::UTF8.GetBytes($json)
    }

    $answer = Send-EdjRequest $request $Subject
    $text = [System.Text.Encoding]::UTF8.GetString($answer.RawContentStream.ToArray())
    if ($answer.StatusCode -ge 300) {
        throw (ConvertFrom-EdjProblem $answer.StatusCode $text $Subject)
    }
    if ($text -ne '') {
        $options = $script:JsonOptions
        ConvertFrom-Json -InputObject $text @options
    }
}

# What all requests have in common. Neither the preference for verbose output nor that for debugging reaches
# the request: newer PowerShells would print headers and bodies.
function Get-EdjRequestOption {
    [CmdletBinding()]
    param([object] $Connection, [switch] $Anonymous)

    $options = @{
        Headers              = @{ Accept = 'application/json' }
        UserAgent            = 'ElasticDatabaseJobs PowerShell/' + $PSVersionTable.PSVersion
        SkipHttpErrorCheck   = $true
        SkipCertificateCheck = $Connection.SkipCertificateCheck
        MaximumRedirection   = 0
        TimeoutSec           = 120
        ErrorAction          = 'Stop'
        Verbose              = $false
        Debug                = $false
    }
    if (-not $Anonymous -and $null -ne $Connection.Token) {
        $options.Authentication = 'Bearer'
        $options.Token = $Connection.Token
        # Whether that may be, the connection has asked when it was made.
        $options.AllowUnencryptedAuthentication = $true
    }
    if ($Connection.NoProxy) {
        $options.NoProxy = $true
    }
    elseif ($null -ne $Connection.Proxy) {
        $options.Proxy = $Connection.Proxy
        if ($null -ne $Connection.ProxyCredential) {
            $options.ProxyCredential = $Connection.ProxyCredential
        }
    }
    $options
}

function Send-EdjRequest {
    [CmdletBinding()]
    param([hashtable] $Request, [object] $Subject)

    # A bar for each small answer would flicker.
    $ProgressPreference = 'SilentlyContinue'
    try {
        Invoke-WebRequest @Request
    }
    catch {
        $why = $_.Exception.Message
        # What is wrong with a certificate stands in the details.
        if ($null -ne $_.ErrorDetails) {
            $why = $why + ' ' + $_.ErrorDetails.Message
        }
        $reason = 'The service at {0} did not answer: {1}' -f $Request.Uri, $why
        throw [System.Management.Automation.ErrorRecord]::new(
            [System.InvalidOperationException]::new($reason, $_.Exception),
            'ServiceUnreachable',
            [System.Management.Automation.ErrorCategory]::ConnectionError,
            $Subject)
    }
}
