# What all cmdlets have in common.

BeforeAll {
    . (Join-Path $PSScriptRoot 'TestService.ps1')
    Connect-TestService

    $script:name = New-TestName 'common'
    New-AzureSqlJobCredential -CredentialName $name -Credential (Get-TestLogin) | Out-Null
    New-AzureSqlJobContent -ContentName $name -CommandText 'SELECT 1' | Out-Null
    New-AzureSqlJobExecutionPolicy -ExecutionPolicyName $name -MaximumAttempts 1 | Out-Null
    New-AzureSqlJobSchedule -ScheduleName $name -DayInterval 1 -StartTime ([datetime]::UtcNow.AddDays(1)) | Out-Null
    $script:group = New-AzureSqlJobTarget -CustomCollectionName $name
    Add-AzureSqlJobChildTarget -CustomCollectionName $name -ServerName $env:EDJ_TEST_SERVER -DatabaseName 'tenant_0001'
    New-AzureSqlJob -JobName $name -ContentName $name -CredentialName $name -TargetId $group.TargetId -ExecutionPolicyName $name | Out-Null
    New-AzureSqlJobTrigger -JobName $name -ScheduleName $name | Out-Null

    # Everything that a cmdlet can change, as it is now.
    function Get-Everything {
        @(
            Get-AzureSqlJobCredential
            Get-AzureSqlJobContent
            Get-AzureSqlJobExecutionPolicy
            Get-AzureSqlJobSchedule
            Get-AzureSqlJobTrigger
            Get-AzureSqlJobTarget
            Get-AzureSqlJobChildTarget -CustomCollectionName $name
            Get-AzureSqlJob
            Get-AzureSqlJobExecution -JobName $name -IncludeInactive
        ) | ConvertTo-Json -Depth 6
    }
}

Describe 'With -WhatIf' {
    It 'no cmdlet changes anything, nor returns anything' {
        $running = Start-AzureSqlJobExecution -JobName $name | Wait-AzureSqlJobExecution -TimeoutSeconds 60
        $new = New-TestName 'not made'
        $arguments = @{
            'Add-AzureSqlJobChildTarget'       = @{ CustomCollectionName = $name; ServerName = $env:EDJ_TEST_SERVER; DatabaseName = 'tenant_0002' }
            'New-AzureSqlJob'                  = @{ JobName = $new; ContentName = $name; CredentialName = $name; TargetId = $group.TargetId }
            'New-AzureSqlJobContent'           = @{ ContentName = $new; CommandText = 'SELECT 1' }
            'New-AzureSqlJobCredential'        = @{ CredentialName = $new; Credential = Get-TestLogin }
            'New-AzureSqlJobExecutionPolicy'   = @{ ExecutionPolicyName = $new }
            'New-AzureSqlJobSchedule'          = @{ ScheduleName = $new; HourInterval = 1 }
            'New-AzureSqlJobTarget'            = @{ CustomCollectionName = $new }
            'New-AzureSqlJobTrigger'           = @{ JobName = $name; ScheduleName = $new }
            'Remove-AzureSqlJob'               = @{ JobName = $name }
            'Remove-AzureSqlJobChildTarget'    = @{ CustomCollectionName = $name; ServerName = $env:EDJ_TEST_SERVER; DatabaseName = 'tenant_0001' }
            'Remove-AzureSqlJobTrigger'        = @{ JobName = $name; ScheduleName = $name }
            'Set-AzureSqlJob'                  = @{ JobName = $name; ExecutionPolicyName = 'Default execution policy' }
            'Set-AzureSqlJobContentDefinition' = @{ ContentName = $name; CommandText = 'SELECT 2' }
            'Set-AzureSqlJobCredential'        = @{ CredentialName = $name; UserName = 'other' }
            'Set-AzureSqlJobExecutionPolicy'   = @{ ExecutionPolicyName = $name; MaximumAttempts = 2 }
            'Set-AzureSqlJobSchedule'          = @{ ScheduleName = $name; HourInterval = 1 }
            'Set-AzureSqlJobTarget'            = @{ ServerName = 'sql5.example.com'; MasterDatabaseCredentialName = $name }
            'Set-AzureSqlJobTrigger'           = @{ JobName = $name; ScheduleName = $name; Enabled = $false }
            'Start-AzureSqlJobExecution'       = @{ JobName = $name }
            'Stop-AzureSqlJobExecution'        = @{ JobExecutionId = $running.JobExecutionId; PassThru = $true }
        }
        New-AzureSqlJobCredential -CredentialName "$name for servers" -Credential (Get-TestLogin) -Server 'sql5.example.com' | Out-Null
        New-AzureSqlJobTarget -ServerName 'sql5.example.com' -MasterDatabaseCredentialName "$name for servers" | Out-Null
        $changing = Get-Command -Module ElasticDatabaseJobs -CommandType Function | Where-Object { $_.Parameters.ContainsKey('WhatIf') }
        ($arguments.Keys | Sort-Object) | Should -Be ($changing.Name | Sort-Object)
        $before = Get-Everything

        foreach ($cmdlet in $arguments.Keys) {
            $with = $arguments[$cmdlet]
            & $cmdlet @with -WhatIf -ErrorAction Stop | Should -BeNullOrEmpty -Because $cmdlet
        }

        Get-Everything | Should -BeExactly $before
    }
}

Describe 'Through the pipeline' {
    It 'a job goes from its name to its batches' {
        $batches = Get-AzureSqlJobTrigger -JobName $name |
            Get-AzureSqlJob |
            Start-AzureSqlJobExecution |
            Wait-AzureSqlJobExecution -TimeoutSeconds 60 |
            Get-AzureSqlJobExecution -IncludeChildren |
            Get-AzureSqlJobTaskExecution |
            Where-Object JobTaskType -eq 'ScriptExecution' |
            Get-AzureSqlJobScriptBatchExecution

        $batches.Lifecycle | Should -Be 'Succeeded'
    }

    It 'rows of a file become what they describe' {
        $rows = "ServerName,DatabaseName,ContentName,CommandText,CustomCollectionName`nsql6.example.com,$name,$name from a row,SELECT 1,$name" | ConvertFrom-Csv

        ($rows | New-AzureSqlJobContent).ContentName | Should -Be "$name from a row"
        $target = $rows | New-AzureSqlJobTarget
        $target.TargetDescription.DatabaseName | Should -Be $name
        $target | Add-AzureSqlJobChildTarget -CustomCollectionName $name
        ($rows | Get-AzureSqlJobChildTarget).TargetId | Should -Contain $target.TargetId
        $target | Remove-AzureSqlJobChildTarget -CustomCollectionName $name
        (Get-AzureSqlJobChildTarget -CustomCollectionName $name).TargetId | Should -Not -Contain $target.TargetId
    }

    It 'what one cmdlet shows, another changes' {
        (Get-AzureSqlJob -JobName $name | Set-AzureSqlJob -ExecutionPolicyName $name).ExecutionPolicyName | Should -Be $name
        (Get-AzureSqlJobExecutionPolicy -ExecutionPolicyName $name | Set-AzureSqlJobExecutionPolicy -MaximumAttempts 1).MaximumAttempts | Should -Be 1
        (Get-AzureSqlJobTrigger -ScheduleName $name | Set-AzureSqlJobTrigger -Enabled $true).Enabled | Should -BeTrue
        (Get-AzureSqlJobContentDefinition -ContentName $name | Set-AzureSqlJobContentDefinition -Comment 'again').Comment | Should -Be 'again'
    }

    It 'what has enough is not asked for more' {
        @(Get-AzureSqlJobExecution -JobName $name -IncludeInactive | Select-Object -First 1).Count | Should -Be 1
    }
}

Describe 'In a strict session' {
    # Of a session of its own: only what is said at its prompt reaches modules.
    It 'cmdlets work as in any other' {
        $module = Join-Path $PSScriptRoot '../ElasticDatabaseJobs/ElasticDatabaseJobs.psd1'
        $session = @(
            'Set-StrictMode -Version Latest'
            '$ErrorActionPreference = ''Stop'''
            "Import-Module '$module'"
            "Use-AzureSqlJobConnection -DataDirectory '$env:EDJ_TEST_DATA'"
            'Get-AzureSqlJobTarget | Out-Null'
            'Get-AzureSqlJob | Get-AzureSqlJobTrigger | Out-Null'
            'Get-AzureSqlJobExecution -IncludeInactive -IncludeChildren | Get-AzureSqlJobTaskExecution | Out-Null'
        ) -join '; '

        $printed = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $session 2>&1
        $LASTEXITCODE | Should -Be 0 -Because ($printed -join "`n")
    }
}

Describe 'Get-Help' {
    It 'explains every cmdlet with each of its parameters and an example' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        foreach ($command in Get-Command -Module ElasticDatabaseJobs -CommandType Function) {
            $help = Get-Help -Name $command.Name -Full

            # Without any help, the synopsis is how the cmdlet is called.
            $help.Synopsis | Should -Not -BeLike "*$($command.Name)*"
            $help.description.Text | Should -Not -BeNullOrEmpty -Because $command.Name
            @($help.examples.example).Count | Should -BeGreaterThan 0 -Because $command.Name
            foreach ($parameter in @($help.parameters.parameter | Where-Object name -NotIn $common)) {
                $parameter.description.Text | Should -Not -BeNullOrEmpty -Because "$($command.Name) -$($parameter.name)"
            }
        }
    }
}
