BeforeAll {
    . (Join-Path $PSScriptRoot 'TestService.ps1')
    Connect-TestService
}

Describe 'Credentials' {
    It 'are made, listed, changed, and return no password' {
        $name = New-TestName 'login'

        $made = New-AzureSqlJobCredential -CredentialName $name -Credential (Get-TestLogin)
        $made.UserName | Should -Be 'app'
        $made.Server | Should -Be $env:EDJ_TEST_SERVER

        (Set-AzureSqlJobCredential -CredentialName $name -UserName 'other').UserName | Should -Be 'other'
        (Set-AzureSqlJobCredential -CredentialName $name -Credential (Get-TestLogin)).UserName | Should -Be 'app'
        Get-AzureSqlJobCredential -CredentialName $name | ConvertTo-Json | Should -Not -Match 'assword'
        (Get-AzureSqlJobCredential).CredentialName | Should -Contain $name
    }

    It 'get the new password that a person gives, if only the login is named' {
        $name = New-TestName 'renewed'
        $credential = New-AzureSqlJobCredential -CredentialName $name -Credential (Get-TestLogin)
        # What asks a person on a terminal.
        function global:Get-Credential {
            param([string] $UserName, [string] $Message)

            [pscredential]::new($UserName, [System.Net.NetworkCredential]::new('', 'new-pass-word').SecurePassword)
        }
        try {
            (Set-AzureSqlJobCredential -CredentialName $name -Credential $credential).UserName | Should -Be 'app'
            (Set-AzureSqlJobCredential -CredentialName $name -Credential 'other').UserName | Should -Be 'other'
        }
        finally {
            Remove-Item -Path 'function:global:Get-Credential'
        }
        (Get-Refusal { Set-AzureSqlJobCredential -CredentialName $name -Credential ([pscustomobject] @{ No = 'login' }) }).FullyQualifiedErrorId | Should -BeLike 'INVALID_FIELD*'
    }

    It 'may have any login, also one that looks like that of a domain' {
        $login = [pscredential]::new('@', (Get-TestLogin).Password)

        (New-AzureSqlJobCredential -CredentialName (New-TestName 'odd') -Credential $login).UserName | Should -Be '@'
    }

    It 'that may go nowhere come with a warning' {
        New-AzureSqlJobCredential -CredentialName (New-TestName 'nowhere') -Credential (Get-TestLogin) -Server @() -WarningVariable warned -WarningAction SilentlyContinue |
            Out-Null

        $warned | Should -HaveCount 1
    }

    It 'need the password to go to more servers' {
        $name = New-TestName 'narrow'
        New-AzureSqlJobCredential -CredentialName $name -Credential (Get-TestLogin) | Out-Null

        (Get-Refusal { Set-AzureSqlJobCredential -CredentialName $name -UserName 'app' -Server '*' }).FullyQualifiedErrorId | Should -BeLike 'PASSWORD_REQUIRED*'
    }
}

Describe 'Contents' {
    It 'have versions with comments, and lines that come from a file' {
        $name = New-TestName 'script'
        $file = Join-Path $TestDrive 'script.sql'
        Set-Content -Path $file -Value "SELECT 'Grüße';", '', 'SELECT 2;' -Encoding utf8

        (New-AzureSqlJobContent -ContentName $name -CommandText (Get-Content -Path $file)).ContentType | Should -Be 'Script'
        (Get-AzureSqlJobContentDefinition -ContentName $name).CommandText | Should -BeExactly "SELECT 'Grüße';`n`nSELECT 2;"

        $second = Set-AzureSqlJobContentDefinition -ContentName $name -CommandText 'SELECT 3' -Comment 'three'
        $second.VersionNumber | Should -Be 2
        (Get-AzureSqlJobContentDefinition -ContentName $name -Version 1).VersionNumber | Should -Be 1
        (Get-AzureSqlJobContentDefinition -ContentName $name -AllVersions).Comment | Should -Be '', 'three'
    }

    It 'that are packages come from hosts that the service allows' {
        $name = New-TestName 'package'

        $refused = { New-AzureSqlJobContent -ContentName $name -DacpacUri 'https://packages.example.com/a.dacpac' } |
            Should -Throw -ExpectedMessage '*dacpac-host*' -PassThru
        $refused.FullyQualifiedErrorId | Should -BeLike 'INVALID_FIELD*'
        Get-AzureSqlJobContent -ContentName $name -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'may have any name' {
        $name = (New-TestName 'a/b?c#d%20 é ☃') + '&'
        New-AzureSqlJobContent -ContentName $name -CommandText 'SELECT 1' | Out-Null

        (Get-AzureSqlJobContent -ContentName $name).ContentName | Should -BeExactly $name
    }

    It 'that exist already are an error that old scripts know' {
        $name = New-TestName 'twice'
        New-AzureSqlJobContent -ContentName $name -CommandText 'SELECT 1' | Out-Null

        $refused = Get-Refusal { New-AzureSqlJobContent -ContentName $name -CommandText 'SELECT 2' }
        $refused.FullyQualifiedErrorId | Should -BeLike 'ALREADY_EXISTS*'
        $refused.CategoryInfo.Reason | Should -Be 'UniqueConstraintViolatedException'
        $refused.CategoryInfo.Category | Should -Be 'ResourceExists'
    }

    It 'that do not exist are an error each, and the others are returned' {
        $name = New-TestName 'there'
        New-AzureSqlJobContent -ContentName $name -CommandText 'SELECT 1' | Out-Null

        $found = Get-AzureSqlJobContent -ContentName (New-TestName 'missing'), $name -ErrorVariable missing -ErrorAction SilentlyContinue

        $found.ContentName | Should -Be $name
        # PowerShell notes an error that was caught on its way as well, once for each block around it.
        @($missing | Where-Object FullyQualifiedErrorId -EQ 'NOT_FOUND,Get-AzureSqlJobContent') | Should -HaveCount 1
        $missing[0].FullyQualifiedErrorId | Should -BeLike 'NOT_FOUND*'
        $missing[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        { Get-AzureSqlJobContent -ContentName (New-TestName 'missing') -ErrorAction Stop } | Should -Throw
    }

    It 'are not made with -WhatIf' {
        $name = New-TestName 'whatif'
        New-AzureSqlJobContent -ContentName $name -CommandText 'SELECT 1' -WhatIf

        (Get-AzureSqlJobContent).ContentName | Should -Not -Contain $name
    }
}

Describe 'Targets' {
    It 'are found by what they are' {
        $database = New-AzureSqlJobTarget -ServerName 'sql1.example.com' -DatabaseName (New-TestName 'db')
        $again = Get-AzureSqlJobTarget -ServerName 'sql1.example.com' -DatabaseName $database.DatabaseName

        $again.TargetId | Should -Be $database.TargetId
        $again.TargetType | Should -Be 'Database'
        "$($again.TargetDescription)" | Should -Be ('{"ServerName":"sql1.example.com","DatabaseName":"' + $database.DatabaseName + '"}')
        ($again | Get-AzureSqlJobTarget).TargetId | Should -Be $database.TargetId
    }

    It 'that are shard maps know the target of their manager' {
        $credential = New-TestName 'reader'
        $map = New-TestName 'map'
        New-AzureSqlJobCredential -CredentialName $credential -Credential (Get-TestLogin) -Server 'sql2.example.com', 'sql3.example.com' | Out-Null
        $manager = New-AzureSqlJobTarget -ServerName 'sql2.example.com' -DatabaseName $map

        New-AzureSqlJobTarget -ShardMapManagerServerName 'sql2.example.com' -ShardMapManagerDatabaseName $map -ShardMapManagerCredentialName $credential -ShardMapName $map | Out-Null
        $found = Get-AzureSqlJobTarget -ShardMapManagerServerName 'sql2.example.com' -ShardMapManagerDatabaseName $map -ShardMapName $map

        $found.TargetType | Should -Be 'ShardMap'
        $found.ShardMapManagerDatabaseTargetId | Should -Be $manager.TargetId
        $found.ShardMapManagerCredentialName | Should -Be $credential
    }

    It 'that are servers change their credential' {
        $one = New-TestName 'one'
        $two = New-TestName 'two'
        New-AzureSqlJobCredential -CredentialName $one -Credential (Get-TestLogin) -Server 'sql3.example.com' | Out-Null
        New-AzureSqlJobCredential -CredentialName $two -Credential (Get-TestLogin) -Server 'sql3.example.com' | Out-Null

        New-AzureSqlJobTarget -ServerName 'sql3.example.com' -MasterDatabaseCredentialName $one | Out-Null
        Set-AzureSqlJobTarget -ServerName 'sql3.example.com' -MasterDatabaseCredentialName $two | Out-Null

        (Get-AzureSqlJobTarget -ServerName 'sql3.example.com').MasterDatabaseCredentialName | Should -Be $two
    }

    It 'are children of collections, included or excluded' {
        $name = New-TestName 'group'
        $collection = New-AzureSqlJobTarget -CustomCollectionName $name
        Add-AzureSqlJobChildTarget -CustomCollectionName $name -ServerName $env:EDJ_TEST_SERVER -DatabaseName 'tenant_0001', 'tenant_0002'
        Get-AzureSqlJobTarget -ServerName $env:EDJ_TEST_SERVER -DatabaseName 'tenant_0002' | Add-AzureSqlJobChildTarget -CustomCollectionName $name -Exclude

        $children = Get-AzureSqlJobTarget -ParentTargetId $collection.TargetId
        ($children | Sort-Object DatabaseName).Membership | Should -Be 'Include', 'Exclude'
        @(Get-AzureSqlJobTarget -ParentCustomCollectionName $name).Count | Should -Be 2
        @(Get-AzureSqlJobChildTarget -CustomCollectionName $name).Count | Should -Be 2

        Remove-AzureSqlJobChildTarget -CustomCollectionName $name -ServerName $env:EDJ_TEST_SERVER -DatabaseName 'tenant_0002'
        (Get-AzureSqlJobChildTarget -CustomCollectionName $name).DatabaseName | Should -Be 'tenant_0001'
    }

    It 'that do not exist are an error' {
        (Get-Refusal { Get-AzureSqlJobTarget -CustomCollectionName (New-TestName 'missing') -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NOT_FOUND*'
    }
}

Describe 'Execution policies' {
    It 'have spans, and change in parts' {
        $name = New-TestName 'policy'
        $made = New-AzureSqlJobExecutionPolicy -ExecutionPolicyName $name -InitialRetryInterval (New-TimeSpan -Seconds 10) -JobTimeout (New-TimeSpan -Minutes 30) -MaximumAttempts 5 -RetryIntervalBackoffCoefficient 1.5

        $made.JobExecutionTimeout | Should -Be ([timespan]::FromMinutes(30))
        $made.RetryIntervalBackoffCoefficient | Should -Be 1.5
        $made.MaximumRetryInterval | Should -Be ([timespan]::FromMinutes(30))

        $changed = Set-AzureSqlJobExecutionPolicy -ExecutionPolicyName $name -InitialRetryInterval (New-TimeSpan -Milliseconds 100)
        $changed.InitialRetryInterval | Should -Be ([timespan]::FromMilliseconds(100))
        $changed.MaximumAttempts | Should -Be 5
    }

    It 'that is built in is that of the preview' {
        $default = Get-AzureSqlJobExecutionPolicy -ExecutionPolicyName 'Default execution policy'

        $default.JobExecutionTimeout | Should -Be ([timespan]::FromDays(7))
        $default.MaximumAttempts | Should -Be ([int]::MaxValue)
    }
}

Describe 'Schedules' {
    It 'are made of a <Unit> and changed' -ForEach @(
        @{ Unit = 'Minute' }, @{ Unit = 'Hour' }, @{ Unit = 'Day' }, @{ Unit = 'Week' }, @{ Unit = 'Month' }
    ) {
        $name = New-TestName $Unit
        $start = [datetime]::new(2040, 1, 2, 3, 4, 5, [System.DateTimeKind]::Utc)
        $interval = @{ "${Unit}Interval" = 2 }

        $made = New-AzureSqlJobSchedule -ScheduleName $name -StartTime $start @interval
        "$($made.Interval)" | Should -Be "${Unit}s: 2"
        $made.Interval.Count | Should -Be 2
        $made.StartTime | Should -Be $start
        $made.StartTime.Kind | Should -Be 'Utc'
        $made.EndTime.Year | Should -Be 9999

        (Set-AzureSqlJobSchedule -ScheduleName $name -EndTime $start.AddYears(1)).EndTime | Should -Be $start.AddYears(1)
        "$((Get-AzureSqlJobSchedule -ScheduleName $name).Interval)" | Should -Be "${Unit}s: 2"
    }

    It 'fire once, if they are to' {
        $made = New-AzureSqlJobSchedule -ScheduleName (New-TestName 'once') -OneTime -StartTime ([datetime]::UtcNow.AddDays(1))

        "$($made.Interval)" | Should -Be 'OneTime'
    }
}
