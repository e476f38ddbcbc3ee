# The parameters ResultSetDestination… as the destination of a step; what is not given is taken from the one that
# there is.
function ConvertTo-Destination {
    [CmdletBinding()]
    param([System.Collections.IDictionary] $Given, [object] $Destination)

    $fields = [ordered] @{
        server     = 'ResultSetDestinationServerName'
        database   = 'ResultSetDestinationDatabaseName'
        credential = 'ResultSetDestinationCredentialName'
        schema     = 'ResultSetDestinationSchemaName'
        table      = 'ResultSetDestinationTableName'
    }
    $made = [ordered] @{}
    if ($null -ne $destination) {
        foreach ($property in $destination.PSObject.Properties) {
            $made[$property.Name] = $property.Value
        }
    }
    foreach ($field in $fields.Keys) {
        if ($Given.ContainsKey($fields[$field])) {
            $made[$field] = $Given[$fields[$field]]
        }
    }
    $made
}

# A step as it is, to be sent back with changes: all but its number, which is its place.
function Copy-Step {
    [CmdletBinding()]
    param([object] $JobStep)

    $copy = [ordered] @{}
    foreach ($property in $jobStep.PSObject.Properties) {
        if ($property.Name -ne 'stepId') {
            $copy[$property.Name] = $property.Value
        }
    }
    $copy
}
