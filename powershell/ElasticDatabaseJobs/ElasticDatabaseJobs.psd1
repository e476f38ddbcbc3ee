@{
    RootModule           = 'ElasticDatabaseJobs.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = 'b4c0a8f5-2d0b-4f3e-9a55-6d1f0c7e8a31'
    Author               = 'The EDJ developers'
    CompanyName          = 'EDJ'
    Copyright            = '(c) The EDJ developers. Apache License 2.0.'
    Description          = 'The cmdlets of the elastic jobs preview of Azure SQL Database, for EDJ: a script or a data-tier package, run on a fleet of databases.'
    PowerShellVersion    = '7.2'
    CompatiblePSEditions = @('Core')
    TypesToProcess       = @('ElasticDatabaseJobs.Types.ps1xml')
    FormatsToProcess     = @('ElasticDatabaseJobs.Format.ps1xml')
    FunctionsToExport    = @(
        'Add-AzureSqlJobChildTarget',
        'Get-AzureSqlJob',
        'Get-AzureSqlJobChildTarget',
        'Get-AzureSqlJobContent',
        'Get-AzureSqlJobContentDefinition',
        'Get-AzureSqlJobCredential',
        'Get-AzureSqlJobExecution',
        'Get-AzureSqlJobExecutionPolicy',
        'Get-AzureSqlJobSchedule',
        'Get-AzureSqlJobScriptBatchExecution',
        'Get-AzureSqlJobTarget',
        'Get-AzureSqlJobTaskExecution',
        'Get-AzureSqlJobTrigger',
        'New-AzureSqlJob',
        'New-AzureSqlJobConnection',
        'New-AzureSqlJobContent',
        'New-AzureSqlJobCredential',
        'New-AzureSqlJobExecutionPolicy',
        'New-AzureSqlJobSchedule',
        'New-AzureSqlJobTarget',
        'New-AzureSqlJobTrigger',
        'Remove-AzureSqlJob',
        'Remove-AzureSqlJobChildTarget',
        'Remove-AzureSqlJobTrigger',
        'Set-AzureSqlJob',
        'Set-AzureSqlJobContentDefinition',
        'Set-AzureSqlJobCredential',
        'Set-AzureSqlJobExecutionPolicy',
        'Set-AzureSqlJobSchedule',
        'Set-AzureSqlJobTarget',
        'Set-AzureSqlJobTrigger',
        'Start-AzureSqlJobExecution',
        'Stop-AzureSqlJobExecution',
        'Use-AzureSqlJobConnection',
        'Wait-AzureSqlJobExecution'
    )
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @(
        'New-AzureSqlJobDatabaseTarget',
        'Set-AzureSqlJobDacpacDefinition'
    )
    PrivateData          = @{
        PSData = @{
            Tags       = @('SQL', 'Jobs', 'PostgreSQL', 'MariaDB', 'Azure')
            Prerelease = 'preview'
        }
    }
}
