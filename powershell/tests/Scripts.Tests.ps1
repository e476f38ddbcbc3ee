# Whole scripts, as people write them: those of the guide, and one that goes through a day with the preview.

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestService.ps1')
    $env:EDJ_DATA = $env:EDJ_TEST_DATA
    Set-Location (Join-Path $PSScriptRoot '../..')
    # What asks a person on a terminal.
    function global:Get-Credential {
        Get-TestLogin
    }
}

AfterAll {
    $env:EDJ_DATA = $null
    Remove-Item -Path function:global:Get-Credential
}

Describe 'The guide' {
    It 'shows scripts that run, one after the other' {
        $guide = Get-Content -Raw -Path (Join-Path $PSScriptRoot '../../docs/how-to/powershell.md')
        $blocks = [regex]::Matches($guide, '(?s)```powershell\n(.*?)```') | ForEach-Object { $_.Groups[1].Value }
        $blocks.Count | Should -BeGreaterThan 3
        $text = ($blocks -join "`n").Replace('postgresql://db1.example.com', $env:EDJ_TEST_SERVER)
        $ErrorActionPreference = 'Stop'

        $shown = @(. ([scriptblock]::Create($text)))

        @($shown | Where-Object Lifecycle -eq 'Succeeded').Count | Should -Be 3
        $shown | Should -Contain 'It is there already.'
    }
}

Describe 'A script of the preview' {
    It 'runs as it is, but for the line of the connection' {
        $ErrorActionPreference = 'Stop'
        $serverName = $env:EDJ_TEST_SERVER
        $suffix = New-TestName 'preview'

        Use-AzureSqlJobConnection -CurrentAzureSubscription -CredentialServer $serverName

        # A login, and its new password.
        $credentialName = "Credential $suffix"
        $databaseCredential = Get-Credential
        $credential = New-AzureSqlJobCredential -Credential $databaseCredential -CredentialName $credentialName
        Write-Output $credential | Out-Null
        Set-AzureSqlJobCredential -CredentialName $credentialName -Credential $databaseCredential | Out-Null

        # Databases, one by one and as a group.
        $customCollectionName = "Collection $suffix"
        New-AzureSqlJobTarget -CustomCollectionName $customCollectionName | Out-Null
        foreach ($databaseName in 'tenant_0001', 'tenant_0002') {
            try {
                New-AzureSqlJobTarget -DatabaseName $databaseName -ServerName $serverName | Out-Null
            }
            catch {
                if ($_.CategoryInfo.Reason -ne 'UniqueConstraintViolatedException') {
                    throw $_
                }
            }
            Add-AzureSqlJobChildTarget -CustomCollectionName $customCollectionName -DatabaseName $databaseName -ServerName $serverName
        }
        $target = Get-AzureSqlJobTarget -CustomCollectionName $customCollectionName
        $childTargets = Get-AzureSqlJobTarget -ParentTargetId $target.TargetId
        $childTargets.Count | Should -Be 2

        # A script that may run twice, and its second version.
        $scriptName = "Script $suffix"
        $scriptCommandText = '
        CREATE TABLE IF NOT EXISTS TestTable(TestTableId INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, InsertionTime TIMESTAMPTZ);
        GO
        INSERT INTO TestTable(InsertionTime) VALUES (now());
        GO'
        New-AzureSqlJobContent -ContentName $scriptName -CommandText $scriptCommandText | Out-Null
        Set-AzureSqlJobContentDefinition -ContentName $scriptName -CommandText ($scriptCommandText + "`nSELECT current_database() AS name, count(*) AS rows FROM TestTable;") -Comment 'counts' | Out-Null

        # A policy, and its change.
        $executionPolicyName = "Policy $suffix"
        New-AzureSqlJobExecutionPolicy -ExecutionPolicyName $executionPolicyName -InitialRetryInterval (New-TimeSpan -Seconds 10) -JobTimeout (New-TimeSpan -Minutes 30) -MaximumAttempts 3 -MaximumRetryInterval (New-TimeSpan -Minutes 1) -RetryIntervalBackoffCoefficient 1.5 | Out-Null
        Set-AzureSqlJobExecutionPolicy -ExecutionPolicyName $executionPolicyName -InitialRetryInterval (New-TimeSpan -Seconds 15) | Out-Null

        # A job whose rows go to a table.
        $jobName = "Job $suffix"
        $job = New-AzureSqlJob -JobName $jobName -CredentialName $credentialName -ContentName $scriptName -ExecutionPolicyName $executionPolicyName -ResultSetDestinationServerName $serverName -ResultSetDestinationDatabaseName 'tenant_0003' -ResultSetDestinationSchemaName 'public' -ResultSetDestinationTableName 'counted' -ResultSetDestinationCredentialName $credentialName -TargetId $target.TargetId
        $job.TargetId | Should -Be $target.TargetId
        $jobExecution = Start-AzureSqlJobExecution -JobName $jobName
        Wait-AzureSqlJobExecution -JobExecutionId $jobExecution.JobExecutionId | Out-Null

        # What became of it.
        $jobExecutions = Get-AzureSqlJobExecution -JobExecutionId $jobExecution.JobExecutionId -IncludeChildren
        $jobExecutions.Lifecycle | Should -Be 'Succeeded', 'Succeeded', 'Succeeded'
        $failures = 0
        foreach ($execution in $jobExecutions) {
            foreach ($jobTaskExecution in Get-AzureSqlJobTaskExecution -JobExecutionId $execution.JobExecutionId) {
                if ($jobTaskExecution.Lifecycle -ne 'Succeeded') {
                    $failures++
                }
            }
        }
        $failures | Should -Be 0
        (Get-AzureSqlJobExecution -JobExecutionId $jobExecution.JobExecutionId -AzureSqlJobExecution -IncludeInactive -IncludeChildren).Count | Should -Be 3

        # By the clock.
        $scheduleName = "Schedule $suffix"
        $minuteInterval = 1
        $startTime = (Get-Date).AddHours(1).ToUniversalTime()
        New-AzureSqlJobSchedule -MinuteInterval $minuteInterval -ScheduleName $scheduleName -StartTime $startTime | Out-Null
        New-AzureSqlJobTrigger -ScheduleName $scheduleName -JobName $jobName | Out-Null
        (Get-AzureSqlJobTrigger -JobName $jobName).ScheduleName | Should -Be $scheduleName
        @(Get-AzureSqlJobExecution -JobName $jobName -ScheduleName $scheduleName -IncludeInactive).Count | Should -Be 0
        Remove-AzureSqlJobTrigger -ScheduleName $scheduleName -JobName $jobName
        Remove-AzureSqlJob -JobName $jobName
    }
}
