function Remove-AzureSqlJob {
    <#
    .SYNOPSIS
    Deletes jobs with their history, when their active executions have ended.

    .DESCRIPTION
    A job is marked, and no new execution of it starts. Active ones are not stopped: Stop-AzureSqlJobExecution does that. The
    job and all of its history go when the last has ended; the cmdlet does not wait for that.

    .PARAMETER JobName
    Names of the jobs.

    .PARAMETER AzureSqlJobConnection
    A connection of New-AzureSqlJobConnection, for this call only. Without it, that of the session is used.

    .EXAMPLE
    Remove-AzureSqlJob -JobName 'rebuild indexes' -WhatIf

    .OUTPUTS
    None.

    .LINK
    Stop-AzureSqlJobExecution
    #>
    [CmdletBinding(SupportsShouldProcess)]
    [OutputType([void])]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipelineByPropertyName)]
        [string[]] $JobName,

        [object] $AzureSqlJobConnection
    )
    process {
        foreach ($name in $JobName) {
            if (-not $PSCmdlet.ShouldProcess($name, 'Delete job with its history')) {
                continue
            }
            try {
                Invoke-EdjRequest 'DELETE /jobs/{name}' -Path @{ name = $name } -Connection $AzureSqlJobConnection -Subject $name
            }
            catch {
                $PSCmdlet.WriteError($_)
            }
        }
    }
}
