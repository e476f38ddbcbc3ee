# A name as one segment of a path. An empty one would ask for the list, and dots would climb up the path.
function ConvertTo-PathSegment {
    [CmdletBinding()]
    param([object] $Value, [object] $Subject)

    $name = [string] $Value
    if ($name.Trim() -in '', '.', '..') {
        throw [System.Management.Automation.ErrorRecord]::new(
            [System.ArgumentException]::new("'$name' cannot be a name or an id."),
            'INVALID_FIELD',
            [System.Management.Automation.ErrorCategory]::InvalidArgument,
            $Subject)
    }
    [uri]::EscapeDataString($name)
}

# '?kind=Server&id=1&id=2', or nothing. A list repeats its key, and what is null is left out.
function ConvertTo-QueryText {
    [CmdletBinding()]
    param([System.Collections.IDictionary] $Query)

    $pairs = foreach ($key in $Query.Keys) {
        foreach ($value in $Query[$key]) {
            $text = [string] $value
            if ($value -is [bool]) {
                $text = $text.ToLowerInvariant()
            }
            if ($null -ne $value) {
                $key + '=' + [uri]::EscapeDataString($text)
            }
        }
    }
    if ($null -ne $pairs) {
        '?' + ($pairs -join '&')
    }
}
