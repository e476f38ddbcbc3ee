# Texts that nobody else is to read, into memory that .NET guards and back.

function ConvertTo-Secret {
    [CmdletBinding()]
    param([string] $Text)

    [System.Net.NetworkCredential]::new('', $Text).SecurePassword
}

# Not by GetNetworkCredential of a login: that refuses logins whose names look like those of a domain and are none.
function ConvertFrom-Secret {
    [CmdletBinding()]
    param([securestring] $Secret)

    if ($null -ne $Secret) {
        [System.Net.NetworkCredential]::new('', $Secret).Password
    }
}

# A login with its password. Of a login's name, or of a credential as cmdlets return it, the password is asked for, as
# PowerShell does for a name.
function Resolve-Login {
    [CmdletBinding()]
    param([object] $Login, [string] $CredentialName)

    if ($Login -is [pscredential]) {
        return $Login
    }
    $name = $Login
    if ($Login -isnot [string]) {
        $name = $Login.UserName
    }
    $asked = $null
    if ($name) {
        $asked = Get-Credential -UserName $name -Message "The new password of the credential '$CredentialName'"
    }
    if ($null -eq $asked) {
        throw (New-EdjError "There is no password for the credential '$CredentialName'. Give -Credential what Get-Credential returns." 'INVALID_FIELD' InvalidArgument $CredentialName)
    }
    $asked
}
