# A value as it goes into JSON: what is null is left out of tables, and texts lose what PowerShell hangs on them
# (each line of Get-Content knows its file).
function ConvertTo-Sendable {
    [CmdletBinding()]
    param([object] $Value)

    if ($Value -is [System.Collections.IDictionary]) {
        $table = [ordered] @{}
        foreach ($key in $Value.Keys) {
            if ($null -ne $Value[$key]) {
                $table[$key] = ConvertTo-Sendable $Value[$key]
            }
        }
        return $table
    }
    if ($Value -is [System.Collections.IList]) {
        $items = @(foreach ($item in $Value) {
                ConvertTo-Sendable $item
            })
        return , $items
    }
    if ($Value -is [string]) {
        return $Value.ToString()
    }
    $Value
}
