BeforeAll {
    . (Join-Path $PSScriptRoot 'TestService.ps1')
    Connect-TestService
}

AfterEach {
    Connect-TestService
}

Describe 'A connection' {
    It 'is found by the data directory, and says who one is' {
        $connection = New-AzureSqlJobConnection -DataDirectory $env:EDJ_TEST_DATA

        $connection.UserName | Should -Be 'local'
        $connection.Token | Should -BeOfType [securestring]
        @(Get-AzureSqlJob -AzureSqlJobConnection $connection).Count | Should -BeGreaterThan 0
    }

    It 'is found by the line of old scripts' {
        $before = $env:EDJ_DATA
        try {
            $env:EDJ_DATA = $env:EDJ_TEST_DATA
            Use-AzureSqlJobConnection -CurrentAzureSubscription
        }
        finally {
            $env:EDJ_DATA = $before
        }

        @(Get-AzureSqlJob).Count | Should -BeGreaterThan 0
    }

    It 'takes a token' {
        $token = (New-AzureSqlJobConnection -DataDirectory $env:EDJ_TEST_DATA).Token
        $uri = (New-AzureSqlJobConnection -DataDirectory $env:EDJ_TEST_DATA).Uri

        (New-AzureSqlJobConnection -Uri $uri -Token $token).UserName | Should -Be 'local'
    }

    It 'with a wrong token is refused when it is made' {
        $uri = (New-AzureSqlJobConnection -DataDirectory $env:EDJ_TEST_DATA).Uri
        $wrong = [System.Net.NetworkCredential]::new('', 'wrong').SecurePassword

        $refused = Get-Refusal { New-AzureSqlJobConnection -Uri $uri -Token $wrong }
        $refused.FullyQualifiedErrorId | Should -BeLike 'UNAUTHORIZED*'
        $refused.CategoryInfo.Category | Should -Be 'AuthenticationError'
    }

    It 'does not send a token in clear text to another machine' {
        $token = [System.Net.NetworkCredential]::new('', 'secret').SecurePassword

        (Get-Refusal { New-AzureSqlJobConnection -Uri 'http://jobs.example.com' -Token $token }).FullyQualifiedErrorId | Should -BeLike 'UnencryptedAuthentication*'
    }

    It 'says when nobody answers' {
        $token = [System.Net.NetworkCredential]::new('', 'secret').SecurePassword

        (Get-Refusal { New-AzureSqlJobConnection -Uri 'http://127.0.0.1:9' -Token $token }).FullyQualifiedErrorId | Should -BeLike 'ServiceUnreachable*'
    }

    It 'can be forgotten, and then a cmdlet says what to do' {
        Use-AzureSqlJobConnection -None

        (Get-Refusal { Get-AzureSqlJob -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'NoConnection*'
    }

    It 'tells nothing secret, however much is asked for' {
        $token = [System.Net.NetworkCredential]::new('', (New-AzureSqlJobConnection -DataDirectory $env:EDJ_TEST_DATA).Token).Password
        $name = New-TestName 'talkative'
        $login = [pscredential]::new('app', [System.Net.NetworkCredential]::new('', 'pass-word-1').SecurePassword)

        $told = New-AzureSqlJobCredential -CredentialName $name -Credential $login -Verbose -Debug *>&1 | Out-String
        $told += New-AzureSqlJobConnection -DataDirectory $env:EDJ_TEST_DATA -Verbose -Debug *>&1 | Out-String

        $told | Should -Match 'POST /credentials'
        $told | Should -Not -Match ([regex]::Escape($token))
        $told | Should -Not -Match 'pass-word-1'
    }
}
