BeforeAll {
    . (Join-Path $PSScriptRoot 'TestService.ps1')
    Connect-TestService

    $script:login = New-TestName 'login'
    New-AzureSqlJobCredential -CredentialName $script:login -Credential (Get-TestLogin) | Out-Null
    $script:group = New-TestName 'group'
    New-AzureSqlJobTarget -CustomCollectionName $script:group | Out-Null
    Add-AzureSqlJobChildTarget -CustomCollectionName $script:group -ServerName $env:EDJ_TEST_SERVER -DatabaseName 'tenant_0001', 'tenant_0002', 'tenant_0003'
    $script:once = New-TestName 'once'
    New-AzureSqlJobExecutionPolicy -ExecutionPolicyName $script:once -MaximumAttempts 1 | Out-Null

    function New-TestJob {
        param([string] $Script, [hashtable] $More = @{})

        $name = New-TestName 'job'
        New-AzureSqlJobContent -ContentName $name -CommandText $Script | Out-Null
        $target = Get-AzureSqlJobTarget -CustomCollectionName $script:group
        New-AzureSqlJob -JobName $name -ContentName $name -CredentialName $script:login -TargetId $target.TargetId -ExecutionPolicyName $script:once @More
    }
}

Describe 'Jobs' {
    It 'are made, listed, changed and deleted' {
        $job = New-TestJob 'SELECT 1'
        $job.TargetDescription.CustomCollectionName | Should -Be $script:group
        $job.ResultSetDestination | Should -BeNullOrEmpty

        $destination = @{
            ResultSetDestinationServerName     = $env:EDJ_TEST_SERVER
            ResultSetDestinationDatabaseName   = 'tenant_0004'
            ResultSetDestinationCredentialName = $script:login
            ResultSetDestinationSchemaName     = 'public'
            ResultSetDestinationTableName      = 'collected'
        }
        $changed = Set-AzureSqlJob -JobName $job.JobName -ExecutionPolicyName 'Default execution policy' @destination
        $changed.ExecutionPolicyName | Should -Be 'Default execution policy'
        $changed.ContentName | Should -Be $job.ContentName
        $changed.ResultSetDestination.TableName | Should -Be 'collected'
        $changed.ResultSetDestination.TargetDescription.DatabaseName | Should -Be 'tenant_0004'

        (Set-AzureSqlJob -JobName $job.JobName -RemoveResultSetDestination).ResultSetDestination | Should -BeNullOrEmpty
        (Get-AzureSqlJob).JobName | Should -Contain $job.JobName

        Remove-AzureSqlJob -JobName $job.JobName -WhatIf
        (Get-AzureSqlJob -JobName $job.JobName).JobName | Should -Be $job.JobName
        Remove-AzureSqlJob -JobName $job.JobName
        { Start-AzureSqlJobExecution -JobName $job.JobName -ErrorAction Stop } | Should -Throw
    }

    It 'are bound to schedules' {
        $job = New-TestJob 'SELECT 1'
        $schedule = New-TestName 'nightly'
        New-AzureSqlJobSchedule -ScheduleName $schedule -DayInterval 1 -StartTime ([datetime]::UtcNow.AddDays(1)) | Out-Null

        (New-AzureSqlJobTrigger -JobName $job.JobName -ScheduleName $schedule).Enabled | Should -BeTrue
        (Set-AzureSqlJobTrigger -JobName $job.JobName -ScheduleName $schedule -Enabled $false).Enabled | Should -BeFalse
        (Get-AzureSqlJobTrigger -ScheduleName $schedule).JobName | Should -Be $job.JobName
        (Get-AzureSqlJob -ScheduleName $schedule).JobName | Should -Be $job.JobName
        (Get-AzureSqlJobSchedule -JobName $job.JobName).ScheduleName | Should -Be $schedule

        Get-AzureSqlJobTrigger -JobName $job.JobName | Remove-AzureSqlJobTrigger
        @(Get-AzureSqlJobTrigger -JobName $job.JobName).Count | Should -Be 0
        (Get-Refusal { Remove-AzureSqlJobTrigger -JobName $job.JobName -ScheduleName $schedule -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NOT_FOUND*'
    }
}

Describe 'Executions' {
    It 'are started, waited for and shown with their children' {
        $job = New-TestJob 'SELECT 1'
        $ended = Start-AzureSqlJobExecution -JobName $job.JobName | Wait-AzureSqlJobExecution -TimeoutSeconds 60

        $ended.Lifecycle | Should -Be 'Succeeded'
        $ended.EndTime.Kind | Should -Be 'Utc'
        $ended.ContentVersionNumber | Should -Be 1
        $all = Get-AzureSqlJobExecution -JobExecutionId $ended.JobExecutionId -IncludeChildren
        $all.Count | Should -Be 4
        $children = Get-AzureSqlJobExecution -ParentJobExecutionId $ended.JobExecutionId -IncludeInactive
        ($children.TargetDescription.DatabaseName | Sort-Object) | Should -Be 'tenant_0001', 'tenant_0002', 'tenant_0003'
        $children[0].TargetId | Should -Not -BeNullOrEmpty
        (Get-AzureSqlJobExecution -JobName $job.JobName -IncludeInactive).JobExecutionId | Should -Be $ended.JobExecutionId
        (Get-AzureSqlJobExecution -TargetId $job.TargetId -IncludeInactive).JobName | Should -Contain $job.JobName
        @(Get-AzureSqlJobExecution -JobName $job.JobName).Count | Should -Be 0
        @(Get-AzureSqlJobExecution -JobType Cleanup -IncludeInactive).Count | Should -Be 0
    }

    It 'that failed tell each attempt and each batch' {
        $job = New-TestJob "SELECT 1;`nGO`nSELECT nonsense;"
        $failed = Start-AzureSqlJobExecution -JobName $job.JobName | Wait-AzureSqlJobExecution -TimeoutSeconds 60
        $failed.Lifecycle | Should -Be 'Failed'

        $child = Get-AzureSqlJobExecution -ParentJobExecutionId $failed.JobExecutionId -IncludeInactive | Select-Object -First 1
        $task = $child | Get-AzureSqlJobTaskExecution | Where-Object JobTaskType -eq 'ScriptExecution'
        $task.Lifecycle | Should -Be 'Failed'
        $task.Message | Should -Match 'nonsense'
        (Get-AzureSqlJobTaskExecution -JobTaskExecutionId $task.JobTaskExecutionId).Message | Should -Be $task.Message
        $batches = $task | Get-AzureSqlJobScriptBatchExecution
        $batches.ScriptBatchNumber | Should -Be 1, 2
        $batches.Lifecycle | Should -Be 'Succeeded', 'Failed'
    }

    It 'are stopped, and a wait that takes too long says so' {
        $job = New-TestJob 'SELECT pg_sleep(600)'
        $running = Start-AzureSqlJobExecution -JobName $job.JobName
        Wait-AzureSqlJobExecution -JobExecutionId $running.JobExecutionId -TimeoutSeconds 1 -ErrorVariable late -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $late[0].FullyQualifiedErrorId | Should -BeLike 'WaitTimedOut*'

        (Get-AzureSqlJobExecution -JobName $job.JobName).JobExecutionId | Should -Be $running.JobExecutionId
        Stop-AzureSqlJobExecution -JobName $job.JobName
        (Wait-AzureSqlJobExecution -InputObject $running -TimeoutSeconds 60).Lifecycle | Should -Be 'Canceled'
    }

    It 'are waited for until one of them has ended' {
        $slow = New-TestJob 'SELECT pg_sleep(600)'
        $quick = New-TestJob 'SELECT 1'
        $both = @(Start-AzureSqlJobExecution -JobName $slow.JobName, $quick.JobName)

        $ended = $both | Wait-AzureSqlJobExecution -Any -TimeoutSeconds 60
        $ended.JobName | Should -Be $quick.JobName
        $both | Stop-AzureSqlJobExecution -PassThru | Should -HaveCount 2
    }

    It 'come in pages, all of them' {
        # The service gives at most 1,000 at once: the page is made smaller instead.
        $job = New-TestJob 'SELECT 1'
        1..3 | ForEach-Object { Start-AzureSqlJobExecution -JobName $job.JobName | Wait-AzureSqlJobExecution -TimeoutSeconds 60 } | Out-Null

        $ids = InModuleScope ElasticDatabaseJobs -Parameters @{ Job = $job.JobName } {
            param($Job)
            Read-EdjPage 'GET /executions' -Query @{ job = $Job; includeInactive = $true } -PageSize 2
        } | ForEach-Object { $_.id }
        @($ids | Select-Object -Unique).Count | Should -Be 3
    }
}
