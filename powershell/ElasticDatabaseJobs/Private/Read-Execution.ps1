# An execution as cmdlets return it and, if wanted, its children after it. A child has none.
function Read-Execution {
    [CmdletBinding()]
    param([object] $JobExecution, [bool] $WithChildren, [bool] $WithInactive, [hashtable] $Known, [object] $Connection)

    ConvertTo-JobExecutionInfo $jobExecution $Known $Connection
    if ($WithChildren -and $null -eq $jobExecution.parentId) {
        $children = Read-EdjPage 'GET /executions/{id}/children' -Path @{ id = $jobExecution.id } -Query @{ includeInactive = $WithInactive } -Connection $Connection -Subject $jobExecution.id
        foreach ($child in $children) {
            ConvertTo-JobExecutionInfo $child $Known $Connection
        }
    }
}
