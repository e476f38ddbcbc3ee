# Where the service is, and by which token: the rules of the command line. The token of a data directory
# belongs to the service of that directory; another is shown it only when both were named.

function Find-EdjAddress {
    [CmdletBinding()]
    param([uri] $Uri, [string] $DataDirectory)

    $address = $Uri
    if ($null -eq $address -and $env:EDJ_URL) {
        $address = [uri] $env:EDJ_URL
    }
    if ($null -eq $address) {
        $address = Find-LocalService $DataDirectory
        if ($null -eq $address) {
            $place = Get-EdjDataDirectory $DataDirectory
            throw (New-EdjError "No service is running here: there is no service.json in $place. Start one with 'edj serve', or name one with -Uri or EDJ_URL." 'NoService' ConnectionError)
        }
    }
    if (-not $address.IsAbsoluteUri -or $address.Scheme -notin 'http', 'https' -or $address.UserInfo -ne '' -or $address.Query -ne '') {
        throw (New-EdjError 'The address of the service must look like https://host or http://localhost:8740.' 'INVALID_FIELD' InvalidArgument $Uri)
    }
    $address
}

function Find-EdjToken {
    [CmdletBinding()]
    param([uri] $Address, [bool] $WasNamed, [string] $DataDirectory)

    if ($env:EDJ_TOKEN) {
        return ConvertTo-Secret ($env:EDJ_TOKEN.Trim())
    }
    $bothNamed = $WasNamed -and ($DataDirectory -or $env:EDJ_DATA)
    if (-not $bothNamed -and -not (Test-SameService $Address (Find-LocalService $DataDirectory))) {
        return
    }
    $file = Join-Path (Get-EdjDataDirectory $DataDirectory) 'token'
    if (Test-Path -LiteralPath $file) {
        Assert-PrivateFile $file
        ConvertTo-Secret ([System.IO.File]::ReadAllText($file).Trim())
    }
}

function Test-SameService {
    [CmdletBinding()]
    param([uri] $One, [uri] $Other)

    if ($null -eq $Other -or $One.Scheme -ne $Other.Scheme -or $One.Port -ne $Other.Port) {
        return $false
    }
    $One.Host -eq $Other.Host -or ($One.IsLoopback -and $Other.IsLoopback)
}

function Find-LocalService {
    [CmdletBinding()]
    param([string] $DataDirectory)

    $file = Join-Path (Get-EdjDataDirectory $DataDirectory) 'service.json'
    if (Test-Path -LiteralPath $file) {
        $serviceFile = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText($file))
        [uri] $serviceFile.url
    }
}

function Get-EdjDataDirectory {
    [CmdletBinding()]
    param([string] $DataDirectory)

    $directory = $DataDirectory
    if (-not $directory) {
        $directory = $env:EDJ_DATA
    }
    if (-not $directory) {
        $directory = Join-Path $HOME '.edj'
    }
    # .NET does not know which directory PowerShell is in.
    $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($directory)
}

function Assert-PrivateFile {
    [CmdletBinding()]
    param([string] $File)

    # Windows has access lists instead, and an old .NET cannot tell.
    $query = [System.IO.File].GetMethod('GetUnixFileMode', [type[]] @([string]))
    if ($IsWindows -or $null -eq $query) {
        return
    }
    $mode = [int] [System.IO.File]::GetUnixFileMode($File)
    if (($mode -band 0x24) -ne 0) {
        throw (New-EdjError "Others can read the token in $File; run: chmod 600 '$File'" 'TokenNotPrivate' SecurityError $File)
    }
}
