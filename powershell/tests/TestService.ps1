# The service that the tests talk to: that of `edj demo`, which brings a PostgreSQL server with the databases
# tenant_0001 to tenant_0004, and removes everything when it is told to end.

function Start-TestService {
    $start = [System.Diagnostics.ProcessStartInfo]::new((Join-Path $PSScriptRoot '../../edj'))
    $start.ArgumentList.Add('demo')
    $start.ArgumentList.Add('--databases')
    $start.ArgumentList.Add('4')
    $start.RedirectStandardOutput = $true
    foreach ($name in @($start.Environment.Keys | Where-Object { $_ -like 'EDJ_*' })) {
        $start.Environment.Remove($name) | Out-Null
    }
    $process = [System.Diagnostics.Process]::Start($start)
    $directory = $null
    $server = $null
    # The story ends with this line, or with the process, whose output then ends.
    for ($line = $process.StandardOutput.ReadLine(); $null -ne $line; $line = $process.StandardOutput.ReadLine()) {
        if ($line -match '^export EDJ_DATA=(.+)$') {
            $directory = $Matches[1].Trim("'")
        }
        if ($line -match '(postgresql://127\.0\.0\.1:\d+)') {
            $server = $Matches[1]
        }
        if ($line -like 'All of it stays up*') {
            return [pscustomobject] @{ Process = $process; DataDirectory = $directory; Server = $server }
        }
    }
    throw 'the demo did not go as told'
}

function Stop-TestService {
    param([object] $Service)

    & kill -TERM $Service.Process.Id
    if (-not $Service.Process.WaitForExit(60000)) {
        $Service.Process.Kill($true)
    }
}

# For BeforeAll: the module anew, with a connection to the service, which is told where credentials may go.
function Connect-TestService {
    Import-Module (Join-Path $PSScriptRoot '../ElasticDatabaseJobs/ElasticDatabaseJobs.psd1') -Force -Global
    Use-AzureSqlJobConnection -DataDirectory $env:EDJ_TEST_DATA -CredentialServer $env:EDJ_TEST_SERVER
}

# The login of the tenants' databases.
function Get-TestLogin {
    $password = [System.IO.File]::ReadAllText((Join-Path $env:EDJ_TEST_DATA 'app.password')).Trim()
    [pscredential]::new('app', [System.Net.NetworkCredential]::new('', $password).SecurePassword)
}

# A name that no other test uses.
function New-TestName {
    param([string] $Word)

    '{0} {1}' -f $Word, [guid]::NewGuid().ToString('N').Substring(0, 8)
}

# The error with which a script ends.
function Get-Refusal {
    param([scriptblock] $Script)

    try {
        & $Script | Out-Null
    }
    catch {
        return $_
    }
    throw "it was not refused: $Script"
}
