# The scripts of the preview's own articles as they stand, but for the line of the connection and for what the articles
# ask to be filled in: "{Job Name}" and the like. They are not part of the repository; without them the test is skipped.
# Those about packages are left out: the demo fetches none.

BeforeDiscovery {
    $script:isThere = Test-Path -Path (Join-Path $env:EDJ_TEST_ARTICLES '*.txt')
    if (-not $script:isThere) {
        Write-Warning "skipped: the articles of the preview are not in $env:EDJ_TEST_ARTICLES"
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestService.ps1')
    Connect-TestService

    # A script of an article: indented lines that begin like PowerShell. Lines that no PowerShell could read, for want of
    # a backtick at the end of the line before, are joined with it.
    function Read-ArticleScript {
        foreach ($file in Get-ChildItem -Path $env:EDJ_TEST_ARTICLES -Filter '*.txt') {
            $text = Get-Content -Raw -Path $file.FullName
            foreach ($block in [regex]::Matches($text, '(?m)(?:^ {4,}\S.*\n(?:[ \t]*\n)*)+')) {
                if ($block.Value -cmatch '^ +(\$\w+ =|[A-Z][a-z]+-[A-Z])' -and $block.Value -notmatch 'dacpac') {
                    $block.Value -creplace '[ \t]*\n +(?=-[A-Z]\w+ )', ' '
                }
            }
        }
    }

    # What the articles take for granted: a job that has run on a group of databases, and one that may go.
    $script:names = @{
        'Credential Name'                 = New-TestName 'login'
        'Destination Credential Name'     = New-TestName 'destination'
        'Script Name'                     = New-TestName 'script'
        'Custom Collection Name'          = New-TestName 'group'
        'Custom Database Collection Name' = New-TestName 'new group'
        'Schedule Name'                   = New-TestName 'schedule'
        'Execution Policy Name'           = New-TestName 'policy'
        'Job Name'                        = New-TestName 'job'
        'Server Name'                     = $env:EDJ_TEST_SERVER
        'Database Server Name'            = $env:EDJ_TEST_SERVER
        'Database Name'                   = New-TestName 'database'
        'Destination Server Name'         = $env:EDJ_TEST_SERVER
        'Destination Database Name'       = 'tenant_0004'
        'Destination Schema Name'         = 'public'
        'Destination Table Name'          = 'collected'
        'ShardMapServerName'              = 'sql4.example.com'
        'Shard Map Server Name'           = 'sql4.example.com'
        'ShardMapDatabaseName'            = New-TestName 'manager'
        'MyShardMap'                      = New-TestName 'map'
        'Path to SQL File'                = Join-Path $TestDrive 'script.sql'
    }
    $names['Execution Credential Name'] = $names['Destination Credential Name']
    $names['Shard Map Database Name'] = $names['ShardMapDatabaseName']
    $names['Shard Map Name'] = $names['MyShardMap']
    Set-Content -Path $names['Path to SQL File'] -Value 'SELECT 1;'

    New-AzureSqlJobCredential -CredentialName $names['Destination Credential Name'] -Credential (Get-TestLogin) | Out-Null
    New-AzureSqlJobContent -ContentName $names['Script Name'] -CommandText 'SELECT 1 AS one' | Out-Null
    $group = New-AzureSqlJobTarget -CustomCollectionName $names['Custom Collection Name']
    Add-AzureSqlJobChildTarget -CustomCollectionName $names['Custom Collection Name'] -ServerName $env:EDJ_TEST_SERVER -DatabaseName 'tenant_0001', 'tenant_0002'
    New-AzureSqlJobSchedule -ScheduleName $names['Schedule Name'] -DayInterval 1 -StartTime ([datetime]::UtcNow.AddDays(1)) | Out-Null
    $script:toRemove = New-TestName 'job to remove'
    foreach ($name in $names['Job Name'], $toRemove) {
        New-AzureSqlJob -JobName $name -ContentName $names['Script Name'] -CredentialName $names['Destination Credential Name'] -TargetId $group.TargetId | Out-Null
    }
    $ended = Start-AzureSqlJobExecution -JobName $names['Job Name'] | Wait-AzureSqlJobExecution -TimeoutSeconds 60
    $names['Job Execution Id'] = $ended.JobExecutionId
    $names['Job Task Execution Id'] = @(Get-AzureSqlJobTaskExecution -JobExecutionId $ended.JobExecutionId)[0].JobTaskExecutionId

    # A job that is made needs a name of its own, and the job that is removed is not the one that others are about.
    function Complete-ArticleScript {
        param([string] $Text)

        $own = $names.Clone()
        if ($Text -match 'New-AzureSqlJob |Execution Credential Name') {
            $own['Job Name'] = New-TestName 'new job'
        }
        if ($Text -match 'Remove-AzureSqlJob ') {
            $own['Job Name'] = $toRemove
        }
        $complete = [regex]::Replace($Text, '"\{([^}]+)\}"', { param($match) '"{0}"' -f $own[$match.Groups[1].Value] })
        $complete -replace 'Use-AzureSqlJobConnection -CurrentAzureSubscription', "Use-AzureSqlJobConnection -DataDirectory '$env:EDJ_TEST_DATA' -CredentialServer '*'"
    }

    # What asks a person on a terminal, and what belongs to Azure.
    function global:Get-Credential {
        Get-TestLogin
    }
    function global:Select-AzureRmSubscription {
    }
    $script:errorActionBefore = $global:ErrorActionPreference
    $global:ErrorActionPreference = 'Stop'
}

AfterAll {
    $global:ErrorActionPreference = $errorActionBefore
    Remove-Item -Path 'function:global:Get-Credential', 'function:global:Select-AzureRmSubscription'
}

Describe 'The articles of the preview' -Skip:(-not $isThere) {
    It 'have scripts that run, one after the other' {
        $articleScripts = @(Read-ArticleScript)
        $articleScripts.Count | Should -BeGreaterThan 30
        $articleFailures = foreach ($articleScript in $articleScripts) {
            $articleText = Complete-ArticleScript $articleScript
            try {
                # In this scope: what one script of an article sets, the next ones use.
                . ([scriptblock]::Create($articleText)) | Out-Null
            }
            catch {
                "$_`n$articleText"
            }
        }

        $articleFailures | Should -BeNullOrEmpty
    }
}
