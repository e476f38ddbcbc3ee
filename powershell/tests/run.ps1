# Runs the module's tests with a service of their own: pwsh -NoProfile -File powershell/tests/run.ps1
# Needs PowerShell 7.2 and Pester 5, and what ./edj needs. Exits with the number of tests that failed.
$ErrorActionPreference = 'Stop'

$pester = Get-Module -ListAvailable -Name Pester | Where-Object { $_.Version.Major -eq 5 } | Select-Object -First 1
if ($null -eq $pester) {
    Write-Output 'skipped: no Pester 5; install it with: Install-Module -Name Pester -Scope CurrentUser'
    exit 0
}
if ($IsWindows) {
    Write-Output 'skipped: the demo that the tests start is ended by a signal, which Windows does not have'
    exit 0
}
Import-Module $pester.Path

# The articles of the preview lie beside the test data that are not part of the repository.
$env:EDJ_TEST_ARTICLES = Join-Path $PSScriptRoot '../../../shared/seeds'
if ($env:EDJ_TEST_DATA) {
    $env:EDJ_TEST_ARTICLES = Join-Path $env:EDJ_TEST_DATA '../seeds'
}

$configuration = New-PesterConfiguration
$configuration.Run.Path = $PSScriptRoot
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'

. (Join-Path $PSScriptRoot 'TestService.ps1')
$service = Start-TestService
try {
    $env:EDJ_TEST_DATA = $service.DataDirectory
    $env:EDJ_TEST_SERVER = $service.Server
    $result = Invoke-Pester -Configuration $configuration
}
finally {
    Stop-TestService $service
}
exit $result.FailedCount
