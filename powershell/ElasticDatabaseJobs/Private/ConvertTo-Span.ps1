# Durations and times between ISO 8601 and .NET.

function ConvertTo-Span {
    [CmdletBinding()]
    param([string] $Duration)

    if ($Duration -ne '') {
        [System.Xml.XmlConvert]::ToTimeSpan($Duration)
    }
}

function ConvertFrom-Span {
    [CmdletBinding()]
    param([System.Nullable[timespan]] $Span)

    if ($null -ne $Span) {
        [System.Xml.XmlConvert]::ToString($Span)
    }
}

# All times that cmdlets return are UTC. Older PowerShells have made a time of the text already.
function ConvertTo-UtcTime {
    [CmdletBinding()]
    param([object] $Time)

    if ($Time -is [datetime]) {
        return $Time.ToUniversalTime()
    }
    if (-not [string]::IsNullOrEmpty($Time)) {
        [datetimeoffset]::Parse($Time, [cultureinfo]::InvariantCulture).UtcDateTime
    }
}

# A time of which nobody says in which zone is UTC, as in the preview.
function ConvertFrom-Time {
    [CmdletBinding()]
    param([System.Nullable[datetime]] $Time)

    if ($null -eq $Time) {
        return
    }
    $utc = [datetime] $Time
    # The preview's "never".
    if ($utc.Year -eq 9999) {
        return
    }
    if ($utc.Kind -eq [System.DateTimeKind]::Local) {
        $utc = $utc.ToUniversalTime()
    }
    $utc.ToString('yyyy-MM-ddTHH:mm:ss', [cultureinfo]::InvariantCulture) + 'Z'
}
