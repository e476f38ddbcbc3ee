# The connection that a cmdlet was given, else the session's.
function Resolve-EdjConnection {
    [CmdletBinding()]
    param([object] $Connection)

    if ($null -ne $Connection) {
        return $Connection
    }
    if ($null -eq $script:SessionConnection) {
        throw (New-EdjError 'There is no connection yet. Call Use-AzureSqlJobConnection first, or give -AzureSqlJobConnection.' 'NoConnection' ConnectionError)
    }
    $script:SessionConnection
}
