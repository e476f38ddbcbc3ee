# Cmdlets of Azure SQL Database's elastic jobs (preview), over the REST API of EDJ.
# Each function has a file of its own: Public holds what people call, Private what it is made of.

# Strictness that a person turns on at the prompt reaches modules, too. Here, what is not there is nothing, and no error.
Set-StrictMode -Off

# What cmdlets use that are not given a connection; Use-AzureSqlJobConnection sets it.
$script:SessionConnection = $null

# Texts of the service stay texts, also those that look like times. Older PowerShells cannot tell.
$script:JsonOptions = @{}
if ((Get-Command -Name ConvertFrom-Json).Parameters.ContainsKey('DateKind')) {
    $script:JsonOptions = @{ DateKind = 'String' }
}

foreach ($folder in 'Private', 'Public') {
    foreach ($file in Get-ChildItem -LiteralPath (Join-Path $PSScriptRoot $folder) -Filter '*.ps1') {
        . $file.FullName
    }
}
